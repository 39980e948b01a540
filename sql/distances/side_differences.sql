/*
row = "a participant's mask: how much farther the left half of the face moves than the right one"
key = ["participant", "expression", "supervised"]
materialized = "table"
note = """
Means over all pairs of mirrored points, as mirror_points has them, in the image plane."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
mean_left = ["aligned px", "mean distance from the neutral face over the points of the left half"]
mean_right = ["aligned px", "likewise of the right half"]
difference = ["aligned px", "mean_left - mean_right"]
*/
with averaged as (
    select
        cell_displacements.cell_index,
        avg(case mirror_points.side when 'left' then cell_displacements.distance end)
            as mean_left,
        avg(case mirror_points.side when 'right' then cell_displacements.distance end)
            as mean_right
    from internal.cell_displacements
    inner join mirror_points on cell_displacements.point = mirror_points.point
    where mirror_points.side <> 'midline'
    group by cell_displacements.cell_index
)

select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    averaged.mean_left,
    averaged.mean_right,
    averaged.mean_left - averaged.mean_right as difference
from averaged
inner join internal.cells on averaged.cell_index = cells.cell_index
