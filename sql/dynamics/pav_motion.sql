/*
row = "a group of points above average in a frame of a trial: how far it lies from neutral"
key = ["trial_index", "group_index", "frame_index"]
materialized = "table"
internal = true

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
with followed as (
    select
        pav_groups.point,
        100 + pav_groups.group_id as group_index
    from pav_groups
    inner join settings on pav_groups.grouping = 'kmeans' || settings.clusters_k || '_eyes'
    where exists (select 1 from points_above_average)
),

averaged as (
    select
        trial_frames.trial_index,
        followed.group_index,
        trial_frames.frame_index,
        avg(sqrt(
            power(aligned_frame_points.x - neutral_points.x, 2)
            + power(aligned_frame_points.y - neutral_points.y, 2)
        )) as distance
    from aligned_frame_points
    inner join internal.trial_frames
        on aligned_frame_points.frame_index = trial_frames.frame_index
    inner join internal.neutral_points
        on
            trial_frames.trial_index = neutral_points.trial_index
            and aligned_frame_points.point = neutral_points.point
    inner join followed on aligned_frame_points.point = followed.point
    group by trial_frames.trial_index, followed.group_index, trial_frames.frame_index
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
