/*
row = "a landmark of a trial's neutral face: the mean over its neutral stretch"
key = ["trial_index", "point"]
materialized = "table"
internal = true

[batch]
relation = "internal.frame_alignments"
column = "chunk_index"
size = 1

[columns]
trial_index = "shared"
point = "shared:any_point"
x = "shared:place_in_stretch"
y = "shared:place_in_stretch"
z = "shared:place_in_stretch"
*/
select
    trial_frames.trial_index,
    aligned_frame_points.point,
    avg(aligned_frame_points.x) as x,
    avg(aligned_frame_points.y) as y,
    avg(aligned_frame_points.z) as z
from aligned_frame_points
inner join internal.trial_frames on aligned_frame_points.frame_index = trial_frames.frame_index
where trial_frames.in_neutral
group by trial_frames.trial_index, aligned_frame_points.point
