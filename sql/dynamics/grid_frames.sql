/*
row = "a point of a trial's regular grid of time, and the two frames between which it lies"
key = ["trial_index", "step"]
materialized = "table"
videos = true
internal = true
note = """
The grid has a point each twentieth of a second, counted from the onset. A level there is taken
from the two frames by their shares. Where no face is seen for longer than both video.window_s and
two and a half median steps, there are none."""

[columns]
trial_index = "shared"
step = ["count", "twentieths of a second since the onset; below 0 before it"]
before_index = ["id", "the frame at that time or the last before, as frame_index in frames"]
after_index = ["id", "the frame after it; the same at a trial's last frame"]
share = ["1", "of the frame after, in the level"]
*/
with stepped as (
    select
        trial_frames.trial_index,
        trial_frames.frame_index as before_index,
        trial_frames.time_s as before_s,
        lead(trial_frames.frame_index) over (
            partition by trial_frames.trial_index
            order by trial_frames.time_s, trial_frames.frame_index
        ) as after_index,
        lead(trial_frames.time_s) over (
            partition by trial_frames.trial_index
            order by trial_frames.time_s, trial_frames.frame_index
        ) as after_s,
        greatest(settings.video_window_s, 2.5 * trials.median_step_s) as bridged_s
    from internal.trial_frames
    inner join trials on trial_frames.trial_index = trials.trial_index
    cross join settings
    where trial_frames.in_view
),

bridged as (
    -- The last frame before a gap, and that of the trial, stand for their own time only.
    select
        trial_index,
        before_index,
        before_s,
        case when after_s - before_s <= bridged_s then after_index else before_index end
            as after_index,
        case when after_s - before_s <= bridged_s then after_s else before_s end as after_s
    from stepped
),

gridded as (
    select
        trial_index,
        before_index,
        before_s,
        after_index,
        after_s,
        unnest(generate_series(
            cast(floor(before_s * 20) as integer), cast(ceil(after_s * 20) as integer)
        )) as step
    from bridged
)

select
    trial_index,
    cast(step as integer) as step,
    before_index,
    after_index,
    case
        when after_s > before_s then (step / 20.0 - before_s) / (after_s - before_s) else 0.0
    end as share
from gridded
where
    (step / 20.0 >= before_s and step / 20.0 < after_s)
    or (step / 20.0 = before_s and after_s = before_s)
