/*
row = "a landmark of a frame with a face, aligned straight from the lake's files"
key = ["frame_index", "point"]
materialized = "ephemeral"
note = "What reads it is made in chunks of frame_alignments, as placed_landmarks says."

[columns]
frame_index = "shared"
video_index = "shared"
point = "shared:any_point"
x = "shared"
y = "shared"
z = "shared"
*/
select
    frame_alignments.frame_index,
    frame_alignments.video_index,
    source_frame_landmarks.point,
    frame_alignments.offset_x
    + frame_alignments.scaled_cos * cast(source_frame_landmarks.x as double)
    + frame_alignments.scaled_sin * cast(source_frame_landmarks.y as double) as x,
    frame_alignments.offset_y
    - frame_alignments.scaled_sin * cast(source_frame_landmarks.x as double)
    + frame_alignments.scaled_cos * cast(source_frame_landmarks.y as double) as y,
    frame_alignments.offset_z
    + frame_alignments.scale * cast(source_frame_landmarks.z as double) as z
from source_frame_landmarks
inner join frames
    on
        source_frame_landmarks.participant = frames.participant
        and source_frame_landmarks.video = frames.video
        and source_frame_landmarks.frame = frames.frame
inner join internal.frame_alignments on frames.frame_index = frame_alignments.frame_index
