/*
row = "a frame of a trial and one near it, and how much that one counts in its level and its speed"
key = ["trial_index", "frame_index", "near_index"]
materialized = "ephemeral"
source = """
local quadratics by least squares, as of Savitzky and Golay (1964), for frames at any times"""
note = """
A quadratic is laid through the frames within video.window_s before and after. Its value and its
slope at the frame are weighted sums of the values there, and these are the weights: they follow
from the times alone. Where fewer than three frames are near, or nearly all at one time, the frame's
own value is its level, and it has no speed. No quadratic crosses a gap longer than the window,
because what lies beyond is not near. A window's edge is taken to a microsecond."""

[columns]
trial_index = "shared"
frame_index = "shared"
near_index = ["id", "the frame near it, as frame_index in frames; it is near itself"]
level_weight = ["1", "what its value is multiplied by in the level"]
speed_weight = ["1/s", "what its value is multiplied by in the speed; null where there is none"]
window_frames = "shared"
*/
with binned as (
    select
        trial_frames.trial_index,
        trial_frames.frame_index,
        trial_frames.time_s,
        settings.video_window_s as window_s,
        cast(floor(trial_frames.time_s / (2.0 * settings.video_window_s)) as integer) as bin
    from internal.trial_frames
    inner join internal.frame_alignments
        on trial_frames.frame_index = frame_alignments.frame_index
    cross join settings
),

reaching as (
    -- What is near a frame lies in its bin or in the next on either side.
    select
        trial_index,
        frame_index,
        time_s,
        window_s,
        unnest([bin - 1, bin, bin + 1]) as bin
    from binned
),

near as (
    select
        reaching.trial_index,
        reaching.frame_index,
        binned.frame_index as near_index,
        reaching.window_s,
        (binned.time_s - reaching.time_s) / reaching.window_s as u
    from reaching
    inner join binned
        on reaching.trial_index = binned.trial_index and reaching.bin = binned.bin
    where abs(binned.time_s - reaching.time_s) <= reaching.window_s + 1e-6
),

moments as (
    select
        trial_index,
        frame_index,
        count(*) as s0,
        sum(u) as s1,
        sum(u * u) as s2,
        sum(u * u * u) as s3,
        sum(u * u * u * u) as s4
    from near
    group by trial_index, frame_index
),

solved as (
    -- The first two rows of the adjugate of the normal equations, and their determinant.
    select
        trial_index,
        frame_index,
        s0,
        s2 * s4 - s3 * s3 as a00,
        s2 * s3 - s1 * s4 as a01,
        s1 * s3 - s2 * s2 as a02,
        s0 * s4 - s2 * s2 as a11,
        s1 * s2 - s0 * s3 as a12,
        s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2) as size
    from moments
)

select
    near.trial_index,
    near.frame_index,
    near.near_index,
    case
        when solved.size > 1e-9
            then (solved.a00 + near.u * (solved.a01 + near.u * solved.a02)) / solved.size
        else 1.0
    end as level_weight,
    case
        when solved.size > 1e-9
            then
                (solved.a01 + near.u * (solved.a11 + near.u * solved.a12))
                / (solved.size * near.window_s)
    end as speed_weight,
    cast(solved.s0 as integer) as window_frames
from near
inner join solved
    on near.trial_index = solved.trial_index and near.frame_index = solved.frame_index
where solved.size > 1e-9 or near.frame_index = near.near_index
