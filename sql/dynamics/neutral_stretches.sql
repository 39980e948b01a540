/*
row = "a trial, and the stretch of its video in which its face is neutral"
key = ["trial_index"]
materialized = "table"
videos = true
internal = true

[columns]
trial_index = "shared"
neutral_source = "shared"
from_s = "shared:stretch_from"
to_s = "shared:stretch_to"
*/
select
    trial_index,
    neutral_source,
    from_s,
    to_s
from internal.offered_stretches
union all
select
    video_trials.trial_index,
    'stillest' as neutral_source,
    still_stretches.from_s,
    still_stretches.to_s
from internal.video_trials
inner join internal.still_stretches on video_trials.video_index = still_stretches.video_index
left join internal.offered_stretches
    on video_trials.trial_index = offered_stretches.trial_index
where offered_stretches.trial_index is null
