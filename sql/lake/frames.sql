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
with counted as (
    select
        participant,
        video,
        count(*) as frames
    from source_frames
    group by participant, video
),

earlier as (
    -- How many are before a video's first, so that a cluster numbers each video's alone.
    select
        videos.video_index,
        counted.participant,
        counted.video,
        sum(counted.frames) over (order by videos.video_index) - counted.frames as frames
    from counted
    inner join videos
        on counted.participant = videos.participant and counted.video = videos.video
)

select
    cast(
        earlier.frames + row_number() over (
            partition by earlier.video_index order by source_frames.frame
        ) as integer
    ) as frame_index,
    earlier.video_index,
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
inner join earlier
    on source_frames.participant = earlier.participant and source_frames.video = earlier.video
order by frame_index
