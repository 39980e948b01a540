/*
row = "a group of points above average in a frame of a trial: how far it lies from neutral"
key = ["trial_index", "group_index", "frame_index"]
materialized = "table"
videos = true
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
        frame_distances.trial_index,
        followed.group_index,
        frame_distances.frame_index,
        avg(frame_distances.distance) as distance
    from frame_distances
    inner join followed on frame_distances.point = followed.point
    group by frame_distances.trial_index, followed.group_index, frame_distances.frame_index
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
