/*
row = "a frame of a video"
key = ["participant", "video", "frame"]
materialized = "table"
videos = true
note = """
Landmarks of frames stay in the lake's files, which hold a thousand times as many rows. A video that
is not yet wholly extracted has no frames here."""

[columns]
frame_index = "shared:own_index"
video_index = "shared"
participant = "shared"
video = "shared"
frame = "shared"
time_s = ["s", "from the container's own clock, since its start; never frame / rate"]
status = ["text", "ok, no_face or corrupt"]
faces = ["count", "faces found; the landmarks are those of the face that is followed"]
face_height = "shared"
yaw = "shared:head_yaw"
pitch = "shared:head_pitch"
roll = "shared:head_roll"
retry = ["text", "which fallback found the face, as in photos; null where none was needed"]
*/
select
    cast(
        row_number() over (
            order by source_frames.participant, source_frames.video, source_frames.frame
        ) as integer
    ) as frame_index,
    videos.video_index,
    source_frames.participant,
    source_frames.video,
    source_frames.frame,
    source_frames.time_s,
    source_frames.status,
    source_frames.faces,
    cast(source_frames.face_height as double) as face_height,
    cast(source_frames.yaw as double) as yaw,
    cast(source_frames.pitch as double) as pitch,
    cast(source_frames.roll as double) as roll,
    source_frames.retry
from source_frames
inner join videos
    on source_frames.participant = videos.participant and source_frames.video = videos.video
