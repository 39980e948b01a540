/*
row = "a mesh point in an expression: how much farther it moves with a cue than without"
key = ["expression", "point"]
materialized = "table"
extra = "statistics"
step = "compare_points"
note = "As supervision_effects, point by point, as a map of the face. max_t_p is that of the map: the points of one expression together; all_max_t_p is that of all maps together. Both by flipping the sign of all differences of a participant at once, which keeps together what moves together. The neutral expression is not compared, for its mask without a cue is what distances are measured from."

[columns]
expression = ["id", "lower-case word; never the neutral one"]
point = ["id", "0-467 face mesh"]
n = ["count", "participants with both masks"]
mean_difference = ["aligned px", "distance from the neutral face with a cue less that without, mean over these participants"]
sd_difference = ["aligned px", "standard deviation of the difference, n - 1"]
difference_low = ["aligned px", "lower end of the 95 % confidence interval of the mean difference"]
difference_high = ["aligned px", "upper end of the 95 % confidence interval"]
t = ["t", "paired test, n - 1 degrees of freedom"]
t_p = ["p", "two-sided, of this point alone"]
cohen_dz = ["sd", "mean_difference over sd_difference"]
dz_low = ["sd", "lower end of the 95 % confidence interval, by the noncentral t distribution"]
dz_high = ["sd", "upper end of the 95 % confidence interval"]
max_t_p = ["p", "chance that the strongest point of the expression is so strong where the cue changes nothing; null without flips"]
all_max_t_p = ["p", "chance that the strongest point of all expressions is so strong where the cue changes nothing; null without flips"]
flips = ["count", "random flips of signs behind max_t_p, whose smallest value is 1 / (flips + 1)"]
family = ["text", "the family of max_t_p"]
tests = ["count", "tests of that family"]
reason = ["text", "why there is no test; null where there is one"]
*/
select
    cells.participant,
    cells.expression,
    cells.supervised,
    analysed_distances.point,
    analysed_distances.distance
from analysed_distances
inner join cells on analysed_distances.cell_index = cells.cell_index
inner join expressions on cells.expression = expressions.expression
where expressions.code <> '00'
