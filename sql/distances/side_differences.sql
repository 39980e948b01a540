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
with moved as (
    -- Distances in the plane are stored, unless those of the results are with depth.
    select
        analysed_distances.cell_index,
        analysed_distances.point,
        analysed_distances.distance
    from internal.analysed_distances
    cross join settings
    where settings.distance_dimensions = 2
    union all
    select
        cell_displacements.cell_index,
        cell_displacements.point,
        cell_displacements.distance
    from internal.cell_displacements
    cross join settings
    where settings.distance_dimensions = 3
),

averaged as (
    select
        moved.cell_index,
        avg(case mirror_points.side when 'left' then moved.distance end)
            as mean_left,
        avg(case mirror_points.side when 'right' then moved.distance end)
            as mean_right
    from moved
    inner join mirror_points on moved.point = mirror_points.point
    where mirror_points.side <> 'midline'
    group by moved.cell_index
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
