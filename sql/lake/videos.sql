/*
row = "a video that was found, whatever happened to it"
key = ["participant", "video"]
materialized = "table"
videos = true

[columns]
video_index = "shared:own_index"
participant = "shared"
video = "shared"
expression = ["shared", "null of a video that shows several"]
supervised = ["shared", "null of a video that shows several"]
path = "shared:video_path"
sha256 = ["text", "hash of the file's bytes; null where they could not be read"]
codec = ["text", "such as h264; null where there is no stream of pictures"]
pixel_format = ["text", "such as yuv420p"]
width = "shared:picture_size"
height = "shared:picture_size"
rotation = ["deg", "by which the file says to turn its pictures; already applied"]
mirrored = ["flag", "true where the file says to mirror them; already undone"]
interlaced = ["flag", "true where pictures are woven of two half pictures"]
start_s = ["s", "where the container's clock begins; time_s of frames counts from there"]
duration_s = ["s", "when the last frame ends, a median step after it; as time_s counts"]
header_frames = ["count", "frames that the container promises; null where it does not say"]
decoded_frames = ["count", "frames that there are"]
corrupt_frames = ["count", "frames that the decoder calls corrupt; no face is looked for in them"]
face_frames = ["count", "frames with a face"]
min_step_s = ["s", "shortest time from a frame to the next"]
median_step_s = ["s", "median time from a frame to the next"]
max_step_s = ["s", "longest time from a frame to the next"]
status = ["text", """
    ok, truncated (shorter than its header promises), no_face, unreadable, no_video_stream,
    no_timestamps, unsupported or crashed"""]
error = "shared:what_went_wrong"
extractor = "shared:video_extractor"
model_sha256 = "shared:video_model"
extracted_at = "shared"
*/
select
    cast(row_number() over (order by participant, video) as integer) as video_index,
    participant,
    video,
    expression,
    supervised,
    path,
    sha256,
    codec,
    pixel_format,
    width,
    height,
    rotation,
    mirrored,
    interlaced,
    start_s,
    duration_s,
    header_frames,
    decoded_frames,
    corrupt_frames,
    face_frames,
    min_step_s,
    median_step_s,
    max_step_s,
    status,
    error,
    extractor,
    model_sha256,
    extracted_at
from source_videos
