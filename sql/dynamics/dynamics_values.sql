/*
row = "a measure of a movement's course in a participant's mask: the mean over its trials"
key = ["participant", "mask", "group_id"]
materialized = "table"
videos = true
internal = true

[columns]
participant = ["shared", "included participants only"]
expression = "shared"
supervised = "shared"
mask = ["shared", "never that of a neutral face"]
group_id = "shared:dynamics_measure"
value = ["s, aligned px or aligned px/s", "mean over the trials that have it; null where none has"]
trials = ["count", "trials in the mean"]
*/
select
    participant,
    expression,
    supervised,
    mask,
    group_id,
    avg(value) as value,
    cast(count(value) as integer) as trials
from internal.trial_measures
group by participant, expression, supervised, mask, group_id
