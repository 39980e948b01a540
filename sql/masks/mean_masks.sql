/*
row = "a point of a mask's mean over the participants"
key = ["expression", "supervised", "point"]
materialized = "table"
source = "paper, section 4.1.1"

[columns]
expression = "shared"
supervised = "shared"
mask = "shared"
point = "shared:any_point"
x = "shared:mean_place"
y = "shared:mean_place"
z = "shared:mean_place"
participants = "shared"
*/
with averaged as (
    -- Grouped by the label alone: with three keys the engine would first group by cell, which
    -- takes time and gains nothing.
    select
        cells.mask,
        cell_points.point,
        avg(cell_points.x) as x,
        avg(cell_points.y) as y,
        avg(cell_points.z) as z,
        cast(count(*) as integer) as participants
    from internal.cell_points
    inner join internal.cells on cell_points.cell_index = cells.cell_index
    group by cells.mask, cell_points.point
)

select
    mask_labels.expression,
    mask_labels.supervised,
    averaged.mask,
    averaged.point,
    averaged.x,
    averaged.y,
    averaged.z,
    averaged.participants
from averaged
inner join mask_labels on averaged.mask = mask_labels.mask
