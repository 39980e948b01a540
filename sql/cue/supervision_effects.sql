/*
row = "a group of points in an expression: how much farther it moves with a cue than without"
key = ["grouping", "expression", "group_id"]
materialized = "table"
step = "compare_groups"
note = "The query gives group_distances; the Python step compares each participant's mask with a cue with the same participant's mask without one, over those who have both. The neutral expression is not compared: without a cue it is the face that all distances are measured from, and has none itself. The family of q is all expressions × groups of the grouping. The order of the photographs cannot be told apart from the cue. Where there is no test, reason says why."

[columns]
grouping = ["id", "kmeans6 or kmeans6_eyes"]
expression = ["id", "lower-case word; never the neutral one"]
group_id = ["id", "the group, as in pav_groups"]
n = ["count", "participants with both masks"]
supervised_mean = ["aligned px", "mean distance from the neutral face with a cue, over these participants"]
unsupervised_mean = ["aligned px", "the same without a cue"]
mean_difference = ["aligned px", "supervised_mean - unsupervised_mean"]
sd_difference = ["aligned px", "standard deviation of the difference, n - 1"]
difference_low = ["aligned px", "lower end of the 95 % confidence interval of the mean difference"]
difference_high = ["aligned px", "upper end of the 95 % confidence interval"]
t = ["t", "paired test, n - 1 degrees of freedom"]
t_p = ["p", "two-sided"]
t_q = ["q", "Benjamini-Hochberg adjusted p over the family"]
cohen_dz = ["sd", "mean_difference over sd_difference"]
dz_low = ["sd", "lower end of the 95 % confidence interval, by the noncentral t distribution"]
dz_high = ["sd", "upper end of the 95 % confidence interval"]
wilcoxon_p = ["p", "signed-rank test, two-sided, zeros as Pratt ranks them"]
wilcoxon_q = ["q", "Benjamini-Hochberg adjusted p over the family"]
rank_biserial = ["r", "ranks of those who move more with a cue less ranks of those who move less, over both: 1 if all who differ move more"]
family = ["text", "what q is adjusted for"]
tests = ["count", "tests of the family"]
reason = ["text", "why there is no t; null where there is one"]
*/
select
    group_distances.grouping,
    group_distances.expression,
    group_distances.group_id,
    group_distances.participant,
    group_distances.supervised,
    group_distances.mean_distance
from group_distances
inner join expressions on group_distances.expression = expressions.expression
where expressions.code <> '00'
