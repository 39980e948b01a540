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
together. As there, each mask is measured from the neutral face of its own condition, and the
columns paper_ from the neutral face without a cue. The neutral expression is not compared, because
distances are measured from it."""

[columns]
expression = ["shared", "never the neutral one"]
point = "shared"
n = "shared:cue_masks"
mean_difference = ["aligned px", """
    distance from the neutral face of the same condition, with a cue less without, mean over these
    participants"""]
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
tests = "shared:paper_tests"
reason = "shared:no_test"
paper_n = "shared"
paper_mean_difference = ["aligned px", """
    distance from the neutral face without a cue, with a cue less without, mean over these"""]
paper_sd_difference = "shared"
paper_difference_low = "shared"
paper_difference_high = "shared"
paper_t = "shared"
paper_t_p = "shared"
paper_cohen_dz = "shared"
paper_dz_low = "shared"
paper_dz_high = "shared"
paper_max_t_p = ["p", "as max_t_p, of paper_mean_difference"]
paper_all_max_t_p = ["p", "as all_max_t_p, of paper_mean_difference"]
paper_flips = ["count", "as flips"]
paper_family = ["text", "the family of paper_max_t_p"]
paper_tests = "shared"
paper_reason = ["text", "why there is no such test; null where there is one"]
*/
select
    cells.participant,
    cells.expression,
    cells.supervised,
    analysed_distances.point,
    analysed_distances.distance as paper_distance,
    case
        when cells.supervised then cued_distances.distance
        when compared_cells.compared_with = 'own' then analysed_distances.distance
    end as own_distance
from internal.analysed_distances
inner join internal.cells on analysed_distances.cell_index = cells.cell_index
inner join internal.compared_cells on cells.cell_index = compared_cells.cell_index
inner join expressions on cells.expression = expressions.expression
left join internal.cued_distances
    on
        analysed_distances.cell_index = cued_distances.cell_index
        and analysed_distances.point = cued_distances.point
where expressions.code <> '00'
