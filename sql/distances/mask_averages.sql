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
*/
select
    expression,
    supervised,
    mask,
    avg(mean_distance) as mean_distance,
    cast(count(*) filter (where above_average) as integer) as points_above_average,
    max(participants) as participants
from point_averages
group by expression, supervised, mask
