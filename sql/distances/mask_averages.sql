/*
row = "a mask, averaged over points and participants"
key = ["mask"]
materialized = "table"
source = "paper, figure 17"

[columns]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
mask = ["id", "label of expression and condition, such as 05-00; never 00-00"]
mean_distance = ["aligned px", "mean over the mask's points of their mean distance from the neutral face"]
points_above_average = ["count", "points that move more than this mean"]
participants = ["count", "participants in the mean"]
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
