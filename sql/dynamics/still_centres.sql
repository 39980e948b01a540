/*
row = "a part of the face in a frame of a video whose stillest stretch is looked for"
key = ["frame_index", "part"]
materialized = "table"
videos = true
internal = true

[batch]
relation = "internal.frame_alignments"
column = "chunk_index"
size = 1

[columns]
video_index = "shared"
frame_index = "shared"
part = "shared:face_part"
x = ["aligned px", "mean over the part's points"]
y = ["aligned px", "mean over the part's points"]
*/
with searched as (
    -- Videos of trials that have no other neutral stretch.
    select distinct video_trials.video_index
    from internal.video_trials
    left join internal.offered_stretches
        on video_trials.trial_index = offered_stretches.trial_index
    where offered_stretches.trial_index is null
)

select
    aligned_frame_points.video_index,
    aligned_frame_points.frame_index,
    face_parts.part,
    avg(aligned_frame_points.x) as x,
    avg(aligned_frame_points.y) as y
from aligned_frame_points
inner join searched on aligned_frame_points.video_index = searched.video_index
inner join internal.face_parts on aligned_frame_points.point = face_parts.point
group by
    aligned_frame_points.video_index, aligned_frame_points.frame_index, face_parts.part
