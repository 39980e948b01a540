/*
row = "a frame of a trial's plateau: where the whole face has nine tenths of its amplitude"
key = ["trial_index", "frame_index"]
materialized = "table"
videos = true
internal = true
note = "Empty unless video.masks is plateau. A trial that has not responded has a plateau too."

[columns]
trial_index = "shared"
frame_index = "shared"
*/
with courses as (
    -- Of the whole face, which needs no points above average.
    select
        part_motion.trial_index,
        part_motion.frame_index,
        part_motion.level,
        trial_frames.in_neutral,
        trial_frames.in_trial and not trial_frames.in_neutral as may_peak
    from internal.part_motion
    inner join internal.trial_frames
        on
            part_motion.trial_index = trial_frames.trial_index
            and part_motion.frame_index = trial_frames.frame_index
    inner join settings on settings.video_masks = 'plateau'
    where part_motion.group_index = 0
),

extremes as (
    select
        trial_index,
        avg(level) filter (where in_neutral) as baseline,
        max(level) filter (where may_peak) as peak
    from courses
    group by trial_index
)

select
    courses.trial_index,
    courses.frame_index
from courses
inner join extremes on courses.trial_index = extremes.trial_index
where
    courses.may_peak
    and courses.level >= extremes.baseline + 0.9 * (extremes.peak - extremes.baseline)
    and extremes.peak > extremes.baseline
