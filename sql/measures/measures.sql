/*
row = "a measure of a participant's mask"
key = ["participant", "expression", "supervised", "measure"]
materialized = "table"
export = 102
note = """
Computed from the mask, which is the mean of its photographs, and from the neutral face that it is
compared with, as in neutral_distances; measure_definitions has the units. The changes are the
features of the grouping measures. A movement or side_difference of a muscle is mean_distance, or
mean_left - mean_right, of muscle_distances."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
measure = "shared"
value = "shared:measure_value"
neutral_value = "shared:measure_neutral_value"
change = "shared:measure_change"
*/
select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    face_measures.measure,
    face_measures.value,
    face_measures.neutral_value,
    face_measures.change
from internal.face_measures
inner join internal.cells on face_measures.face_index = cells.cell_index
where face_measures.face_kind = 'mask'
