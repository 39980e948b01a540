/*
row = "a frame with a face that a trial needs: in it, just before it, or in its neutral stretch"
key = ["trial_index", "frame_index"]
materialized = "table"
videos = true
internal = true

[columns]
trial_index = "shared"
frame_index = "shared"
time_s = "shared:trial_time"
in_trial = ["flag", "true from the onset to the end"]
in_view = ["flag", "true from video.neutral_s before the onset to the end"]
in_neutral = ["flag", "true in the neutral stretch"]
*/
with marked as (
    select
        video_trials.trial_index,
        frame_alignments.frame_index,
        frame_alignments.time_s - video_trials.onset_s as time_s,
        frame_alignments.time_s >= video_trials.onset_s as is_after,
        frame_alignments.time_s >= video_trials.onset_s - settings.video_neutral_s as is_near,
        coalesce(frame_alignments.time_s < video_trials.end_s, true) as is_before,
        coalesce(
            frame_alignments.time_s >= neutral_stretches.from_s
            and frame_alignments.time_s < neutral_stretches.to_s,
            false
        ) as in_neutral
    from internal.video_trials
    cross join settings
    left join internal.neutral_stretches
        on video_trials.trial_index = neutral_stretches.trial_index
    inner join internal.frame_alignments
        on video_trials.video_index = frame_alignments.video_index
)

select
    trial_index,
    frame_index,
    time_s,
    is_after and is_before as in_trial,
    is_near and is_before as in_view,
    in_neutral
from marked
where (is_near and is_before) or in_neutral
