/*
row = "a mesh point in an expression: how much farther it moves with a cue than without"
key = ["expression", "point"]
materialized = "table"
export = 270
extra = "statistics"
step = "compare_points"
note = """
The table is supervision_effects point by point, as a map of the face. The family of max_t_p is one
map: the points of one expression; the family of all_max_t_p is all maps together. Both come from
flipping the sign of all of a participant's differences at once, so that what moves together stays
together. The neutral expression is not compared, because distances are measured from its mask
without a cue."""

[columns]
expression = ["shared", "never the neutral one"]
point = "shared"
n = "shared:both_masks"
mean_difference = ["aligned px", """
    distance from the neutral face with a cue less that without, mean over these participants"""]
sd_difference = "shared"
difference_low = "shared"
difference_high = "shared"
t = "shared"
t_p = ["shared:p", "of this point alone"]
cohen_dz = "shared"
dz_low = "shared"
dz_high = "shared"
max_t_p = ["p", """
    chance that the strongest point of the expression is at least as strong as this one where
    the cue changes nothing; null without flips"""]
all_max_t_p = ["p", """
    chance that the strongest point of all expressions is at least as strong as this one where
    the cue changes nothing; null without flips"""]
flips = ["count", """
    random flips of signs behind max_t_p; its smallest possible value is 1 / (flips + 1)"""]
family = ["text", "the family of max_t_p"]
tests = ["count", "tests of that family"]
reason = "shared:no_test"
*/
select
    cells.participant,
    cells.expression,
    cells.supervised,
    analysed_distances.point,
    analysed_distances.distance
from internal.analysed_distances
inner join internal.cells on analysed_distances.cell_index = cells.cell_index
inner join expressions on cells.expression = expressions.expression
where expressions.code <> '00'
