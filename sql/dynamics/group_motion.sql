/*
row = "a group of points in a frame of a trial: how far it has moved, and how fast it moves"
key = ["participant", "video", "event", "grouping", "group_id", "frame"]
materialized = "view"
source = "least squares as of Savitzky and Golay (1964), by the times of the frames"
note = """
From video.neutral_s before the onset to the trial's end; frames with a face only. Faces are aligned
by procrustes, whatever alignment.method says. dynamics_groups has the groups; trials says what
neutral is."""

[columns]
participant = "shared"
video = "shared"
event = "shared"
expression = "shared:trial_expression"
supervised = "shared:trial_supervised"
mask = "shared:trial_mask"
grouping = "shared:dynamics_grouping"
group_id = "shared:dynamics_group_id"
frame = "shared"
time_s = "shared:trial_time"
level = "shared"
speed = "shared"
window_frames = "shared"
*/
with moved as (
    select
        trial_index,
        group_index,
        frame_index,
        level,
        speed,
        window_frames
    from internal.part_motion
    union all
    select
        trial_index,
        group_index,
        frame_index,
        level,
        speed,
        window_frames
    from internal.pav_motion
)

select
    trials.participant,
    trials.video,
    trials.event,
    trials.expression,
    trials.supervised,
    trials.mask,
    dynamics_groups.grouping,
    dynamics_groups.group_id,
    frames.frame,
    trial_frames.time_s,
    moved.level,
    moved.speed,
    moved.window_frames
from moved
inner join trials on moved.trial_index = trials.trial_index
inner join dynamics_groups on moved.group_index = dynamics_groups.group_index
inner join internal.trial_frames
    on moved.trial_index = trial_frames.trial_index and moved.frame_index = trial_frames.frame_index
inner join frames on moved.frame_index = frames.frame_index
where trial_frames.in_view
