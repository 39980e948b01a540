/*
row = "a part of the face in a frame of a trial: how far it lies from the trial's neutral face"
key = ["trial_index", "group_index", "frame_index"]
materialized = "table"
videos = true
internal = true
note = """
For queries by name use group_motion. The groups of points above average are in pav_motion: they may
be found in frames that this table shows to be a plateau."""

[batch]
relation = "internal.frame_alignments"
column = "chunk_index"
size = 1

[columns]
trial_index = "shared"
group_index = "shared"
frame_index = "shared"
level = "shared"
speed = "shared"
window_frames = "shared"
*/
with moved as (
    select
        frame_distances.trial_index,
        frame_distances.frame_index,
        face_parts.part,
        count(*) as points,
        sum(frame_distances.distance) as distance
    from frame_distances
    inner join internal.face_parts on frame_distances.point = face_parts.point
    group by frame_distances.trial_index, frame_distances.frame_index, face_parts.part
),

averaged as (
    select
        moved.trial_index,
        part_groups.group_index,
        moved.frame_index,
        sum(moved.distance) / sum(moved.points) as distance
    from moved
    inner join internal.part_groups on moved.part = part_groups.part
    group by moved.trial_index, part_groups.group_index, moved.frame_index
)

select
    frame_weights.trial_index,
    averaged.group_index,
    frame_weights.frame_index,
    sum(frame_weights.level_weight * averaged.distance) as level,
    sum(frame_weights.speed_weight * averaged.distance) as speed,
    min(frame_weights.window_frames) as window_frames
from frame_weights
inner join averaged
    on
        frame_weights.trial_index = averaged.trial_index
        and frame_weights.near_index = averaged.frame_index
group by frame_weights.trial_index, averaged.group_index, frame_weights.frame_index
