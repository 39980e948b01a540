/*
row = "a mask, averaged over points and participants"
key = ["mask"]
materialized = "table"
export = 110
source = "paper, figure 17"

[columns]
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
mean_distance = ["aligned px", """
    mean over the mask's points of their mean distance from the neutral face"""]
points_above_average = ["count", "points that move more than this mean"]
participants = "shared"
without_own_neutral = ["count", """
    participants with the mask who are compared with another face than their own neutral one, so
    that the distances hold the build of their faces too"""]
*/
with others as (
    select
        cells.mask,
        count(*) as cells
    from internal.compared_cells
    inner join internal.cells on compared_cells.cell_index = cells.cell_index
    inner join participants on cells.participant = participants.participant
    where
        compared_cells.compared_with <> 'own'
        and participants.included
        and cells.usable_photos > 0
    group by cells.mask
),

averaged as (
    select
        expression,
        supervised,
        mask,
        avg(mean_distance) as mean_distance,
        cast(count(*) filter (where above_average) as integer) as points_above_average,
        max(participants) as participants
    from point_averages
    group by expression, supervised, mask
)

select
    averaged.expression,
    averaged.supervised,
    averaged.mask,
    averaged.mean_distance,
    averaged.points_above_average,
    averaged.participants,
    cast(coalesce(others.cells, 0) as integer) as without_own_neutral
from averaged
left join others on averaged.mask = others.mask
