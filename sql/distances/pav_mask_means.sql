/*
row = "a participant's mask, as one number: how far the PAV points moved"
key = ["participant", "expression", "supervised"]
materialized = "table"
export = 90
source = "paper, section 3.2.2 (masks_means_pav.csv)"

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
mean_distance = ["aligned px", "mean distance from the neutral face over the PAV points"]
*/
with averaged as (
    select
        analysed_distances.cell_index,
        avg(analysed_distances.distance) as mean_distance
    from internal.analysed_distances
    inner join points_above_average on analysed_distances.point = points_above_average.point
    group by analysed_distances.cell_index
)

select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    averaged.mean_distance
from averaged
inner join internal.cells on averaged.cell_index = cells.cell_index
