/*
row = "a point of a mask's mean over the participants"
key = ["expression", "supervised", "point"]
materialized = "table"
source = "paper, section 4.1.1"

[columns]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
mask = ["id", "label of expression and condition, such as 05-00"]
point = ["id", "0-467 face mesh, 468-477 irises"]
x = ["aligned px", "mean over the participants"]
y = ["aligned px", "mean over the participants"]
z = ["aligned px", "mean over the participants"]
participants = ["count", "participants in the mean"]
*/
with averaged as (
    -- By the label alone: grouped by three keys, the engine first groups by cell, in vain.
    select
        cells.mask,
        cell_points.point,
        avg(cell_points.x) as x,
        avg(cell_points.y) as y,
        avg(cell_points.z) as z,
        cast(count(*) as integer) as participants
    from cell_points
    inner join cells on cell_points.cell_index = cells.cell_index
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
