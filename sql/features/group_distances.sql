/*
row = "a group of points in a participant's mask"
key = ["participant", "expression", "supervised", "grouping", "group_id"]
materialized = "table"
source = "paper, section 3.2.3"

[columns]
participant = ["id", "text, leading zeros kept"]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
mask = ["id", "label of expression and condition, such as 05-00; never 00-00"]
grouping = ["id", "kmeans6 or kmeans6_eyes"]
group_id = ["id", "the group, as in pav_groups"]
mean_distance = ["aligned px", "mean distance from the neutral face over the group's points"]
*/
with averaged as (
    select
        analysed_distances.cell_index,
        pav_groups.grouping,
        pav_groups.group_id,
        avg(analysed_distances.distance) as mean_distance
    from analysed_distances
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
inner join cells on averaged.cell_index = cells.cell_index
