/*
row = "a trial of a video, and what its movement is measured from"
key = ["participant", "video", "event"]
materialized = "table"
videos = true
export = 400

[columns]
trial_index = "shared:own_index"
participant = "shared"
video = "shared"
event = "shared"
expression = "shared:trial_expression"
supervised = "shared:trial_supervised"
mask = "shared:trial_mask"
onset_s = "shared:trial_onset"
duration_s = ["s", """
    as the event says; else to the next trial's onset; else null, to the video's end"""]
neutral_source = "shared"
neutral_frames = ["count", "frames with a face in the neutral stretch"]
frames = ["count", "frames with a face from the onset to the end, but those that are ignored"]
median_step_s = ["s", "median time from one of these frames to the next; null below two"]
max_step_s = ["s", "longest such time: the longest gap without a face"]
*/
with resting as (
    -- Who is measured from photographs.
    select distinct participant
    from internal.rest_points
),

steps as (
    select
        trial_index,
        time_s - lag(time_s) over (partition by trial_index order by time_s, frame_index) as step_s
    from internal.trial_frames
    where in_trial
),

stepped as (
    select
        trial_index,
        cast(count(*) as integer) as frames,
        median(step_s) as median_step_s,
        max(step_s) as max_step_s
    from steps
    group by trial_index
),

at_rest as (
    select
        trial_index,
        cast(count(*) as integer) as neutral_frames
    from internal.trial_frames
    where in_neutral
    group by trial_index
)

select
    video_trials.trial_index,
    video_trials.participant,
    video_trials.video,
    video_trials.event,
    video_trials.expression,
    video_trials.supervised,
    video_trials.mask,
    video_trials.onset_s,
    video_trials.end_s - video_trials.onset_s as duration_s,
    case
        when resting.participant is null then neutral_stretches.neutral_source else 'photos'
    end as neutral_source,
    coalesce(at_rest.neutral_frames, 0) as neutral_frames,
    coalesce(stepped.frames, 0) as frames,
    stepped.median_step_s,
    stepped.max_step_s
from internal.video_trials
left join internal.neutral_stretches on video_trials.trial_index = neutral_stretches.trial_index
left join resting on video_trials.participant = resting.participant
left join stepped on video_trials.trial_index = stepped.trial_index
left join at_rest on video_trials.trial_index = at_rest.trial_index
