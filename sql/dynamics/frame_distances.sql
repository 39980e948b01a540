/*
row = "a point of a face in a frame of a trial: how far it lies from the trial's neutral face"
key = ["trial_index", "frame_index", "point"]
materialized = "ephemeral"

[columns]
trial_index = "shared"
frame_index = "shared"
point = "shared"
distance = ["aligned px", "in the image plane"]
*/
select
    trial_frames.trial_index,
    trial_frames.frame_index,
    aligned_frame_points.point,
    sqrt(
        power(aligned_frame_points.x - neutral_points.x, 2)
        + power(aligned_frame_points.y - neutral_points.y, 2)
    ) as distance
from aligned_frame_points
inner join internal.trial_frames on aligned_frame_points.frame_index = trial_frames.frame_index
inner join internal.neutral_points
    on
        trial_frames.trial_index = neutral_points.trial_index
        and aligned_frame_points.point = neutral_points.point
