/*
row = "a group of points in a participant's mask"
key = ["participant", "expression", "supervised", "grouping", "group_id"]
materialized = "table"
export = 100
source = "paper, section 3.2.3"

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
grouping = "shared"
group_id = "shared"
mean_distance = "shared:group_distance"
*/
with averaged as (
    select
        analysed_distances.cell_index,
        pav_groups.grouping,
        pav_groups.group_id,
        avg(analysed_distances.distance) as mean_distance
    from internal.analysed_distances
    inner join pav_groups on analysed_distances.point = pav_groups.point
    group by analysed_distances.cell_index, pav_groups.grouping, pav_groups.group_id
)

select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    averaged.grouping,
    averaged.group_id,
    averaged.mean_distance
from averaged
inner join internal.cells on averaged.cell_index = cells.cell_index
