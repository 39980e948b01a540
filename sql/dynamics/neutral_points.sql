/*
row = """
a landmark of a trial's neutral face: the mean over its neutral stretch, or over photographs where
video.neutral asks for them"""
key = ["trial_index", "point"]
materialized = "table"
videos = true
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
with resting as (
    select distinct participant
    from internal.rest_points
),

chunked as (
    -- This chunk's trials, and whether photographs say what neutral is.
    select distinct
        trial_frames.trial_index,
        video_trials.participant,
        resting.participant is not null as by_photos
    from internal.trial_frames
    inner join internal.frame_alignments
        on trial_frames.frame_index = frame_alignments.frame_index
    inner join internal.video_trials on trial_frames.trial_index = video_trials.trial_index
    left join resting on video_trials.participant = resting.participant
)

select
    chunked.trial_index,
    aligned_frame_points.point,
    avg(aligned_frame_points.x) as x,
    avg(aligned_frame_points.y) as y,
    avg(aligned_frame_points.z) as z
from aligned_frame_points
inner join internal.trial_frames on aligned_frame_points.frame_index = trial_frames.frame_index
inner join chunked on trial_frames.trial_index = chunked.trial_index
where trial_frames.in_neutral and not chunked.by_photos
group by chunked.trial_index, aligned_frame_points.point
union all
select
    chunked.trial_index,
    rest_points.point,
    rest_points.x,
    rest_points.y,
    rest_points.z
from chunked
inner join internal.rest_points on chunked.participant = rest_points.participant
where chunked.by_photos
