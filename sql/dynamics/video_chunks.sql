/*
row = "a video with frames, and the chunk of videos in which it is computed"
key = ["video_index"]
materialized = "table"
videos = true
internal = true
note = """
What reads landmarks of frames is made a chunk at a time, so that the memory it takes does not grow
with the study. A chunk has about 65,536 frames, and no video is in two."""

[columns]
video_index = "shared"
chunk_index = "shared"
*/
select
    video_index,
    cast(floor(min(frame_index) / 65536.0) as integer) as chunk_index
from frames
group by video_index
