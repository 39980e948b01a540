/*
row = "a group of points, or a blendshape, in a trial: its course from neutral to apex and back"
key = ["trial_index", "series_index"]
materialized = "table"
videos = true
internal = true
note = "For queries by name use expression_dynamics, which says how, and blendshape_dynamics."

[batch]
relation = "internal.frame_alignments"
column = "chunk_index"
size = 1

[columns]
trial_index = "shared"
series_index = "shared"
baseline = "shared:dynamics_baseline"
baseline_noise = "shared:dynamics_noise"
threshold = "shared:dynamics_threshold"
responded = "shared:dynamics_responded"
amplitude = "shared:dynamics_amplitude"
rise_10_s = "shared:dynamics_rise_10"
rise_50_s = "shared:dynamics_rise_50"
rise_90_s = "shared:dynamics_rise_90"
fall_90_s = "shared:dynamics_fall_90"
fall_50_s = "shared:dynamics_fall_50"
apex_s = "shared:dynamics_apex"
peak_speed = "shared:dynamics_speed"
area = "shared:dynamics_area"
*/
with blendshape_values as (
    select
        trial_frames.trial_index,
        blendshape_series.series_index,
        trial_frames.frame_index,
        cast(source_frame_blendshapes.score as double) as score
    from source_frame_blendshapes
    inner join frames
        on
            source_frame_blendshapes.participant = frames.participant
            and source_frame_blendshapes.video = frames.video
            and source_frame_blendshapes.frame = frames.frame
    inner join internal.frame_alignments on frames.frame_index = frame_alignments.frame_index
    inner join internal.trial_frames
        on frame_alignments.frame_index = trial_frames.frame_index
    inner join internal.blendshape_series
        on source_frame_blendshapes.blendshape = blendshape_series.blendshape
),

followed as (
    -- Levels and speeds of all that is followed.
    select
        trial_index,
        group_index as series_index,
        frame_index,
        level,
        speed
    from internal.part_motion
    union all
    select
        trial_index,
        group_index as series_index,
        frame_index,
        level,
        speed
    from internal.pav_motion
    union all
    select
        frame_weights.trial_index,
        blendshape_values.series_index,
        frame_weights.frame_index,
        sum(frame_weights.level_weight * blendshape_values.score) as level,
        sum(frame_weights.speed_weight * blendshape_values.score) as speed
    from frame_weights
    inner join blendshape_values
        on
            frame_weights.trial_index = blendshape_values.trial_index
            and frame_weights.near_index = blendshape_values.frame_index
    group by
        frame_weights.trial_index, blendshape_values.series_index, frame_weights.frame_index
),

timed as (
    -- Of this chunk's trials.
    select
        followed.trial_index,
        followed.series_index,
        followed.frame_index,
        followed.level,
        followed.speed,
        trial_frames.time_s,
        trial_frames.in_trial,
        trial_frames.in_view,
        trial_frames.in_neutral
    from followed
    inner join internal.trial_frames
        on
            followed.trial_index = trial_frames.trial_index
            and followed.frame_index = trial_frames.frame_index
    inner join internal.frame_alignments
        on trial_frames.frame_index = frame_alignments.frame_index
),

extremes as (
    select
        trial_index,
        series_index,
        avg(level) filter (where in_neutral) as baseline,
        stddev_samp(level) filter (where in_neutral) as baseline_noise,
        max(level) filter (where in_trial and not in_neutral) as peak,
        count(*) filter (where in_trial and not in_neutral) as frames
    from timed
    group by trial_index, series_index
),

judged as (
    -- Whether the movement is more than noise, and how long a step between frames is bridged.
    select
        extremes.trial_index,
        extremes.series_index,
        extremes.baseline,
        extremes.baseline_noise,
        extremes.peak,
        extremes.peak - extremes.baseline as amplitude,
        extremes.frames,
        greatest(
            case
                when extremes.series_index > 1000 then 0.1 else settings.video_min_amplitude
            end,
            5 * extremes.baseline_noise
        ) as threshold,
        greatest(settings.video_window_s, 2.5 * trials.median_step_s) as bridged_s
    from extremes
    inner join trials on extremes.trial_index = trials.trial_index
    cross join settings
),

courses as (
    select
        trial_index,
        series_index,
        baseline,
        baseline_noise,
        peak,
        amplitude,
        threshold,
        bridged_s,
        coalesce(frames >= 3 and amplitude > threshold, false) as responded
    from judged
),

steps as (
    -- Each frame in view beside the one before it.
    select
        trial_index,
        series_index,
        time_s,
        level,
        speed,
        in_trial,
        in_trial and not in_neutral as may_peak,
        row_number() over (
            partition by trial_index, series_index order by time_s, frame_index
        ) as place,
        lag(time_s) over (
            partition by trial_index, series_index order by time_s, frame_index
        ) as before_s,
        lag(level) over (
            partition by trial_index, series_index order by time_s, frame_index
        ) as level_before,
        lag(in_trial) over (
            partition by trial_index, series_index order by time_s, frame_index
        ) as in_trial_before
    from timed
    where in_view
),

areas as (
    select
        steps.trial_index,
        steps.series_index,
        sum(
            ((steps.level + steps.level_before) / 2 - courses.baseline)
            * (steps.time_s - steps.before_s)
        ) as area
    from steps
    inner join courses
        on
            steps.trial_index = courses.trial_index
            and steps.series_index = courses.series_index
    where
        steps.in_trial
        and steps.in_trial_before
        and steps.time_s - steps.before_s <= courses.bridged_s
    group by steps.trial_index, steps.series_index
),

apices as (
    -- The first frame of the highest level, rounding errors aside.
    select
        steps.trial_index,
        steps.series_index,
        min(steps.place) as apex_place,
        min(steps.time_s) as apex_s
    from steps
    inner join courses
        on
            steps.trial_index = courses.trial_index
            and steps.series_index = courses.series_index
            and steps.level >= courses.peak - 1e-9
    where courses.responded and steps.may_peak
    group by steps.trial_index, steps.series_index
),

percents as (
    select unnest([10, 50, 90]) as percent
),

marks as (
    -- A tenth, half and nine tenths of the way from the baseline to the apex.
    select
        courses.trial_index,
        courses.series_index,
        apices.apex_place,
        courses.bridged_s,
        percents.percent,
        courses.baseline + courses.amplitude * percents.percent / 100 as level
    from courses
    inner join apices
        on
            courses.trial_index = apices.trial_index
            and courses.series_index = apices.series_index
    cross join percents
),

crossings as (
    -- Where they are crossed, and in which direction. The time is null where no face is seen for
    -- too long.
    select
        steps.trial_index,
        steps.series_index,
        steps.place,
        marks.apex_place,
        marks.percent,
        steps.level > steps.level_before as rising,
        case
            when steps.time_s - steps.before_s <= marks.bridged_s
                then
                    steps.before_s
                    + (marks.level - steps.level_before)
                    / (steps.level - steps.level_before)
                    * (steps.time_s - steps.before_s)
        end as crossed_s
    from steps
    inner join marks
        on
            steps.trial_index = marks.trial_index
            and steps.series_index = marks.series_index
    where (steps.level_before < marks.level) <> (steps.level < marks.level)
),

halves as (
    -- The last rise over a half before the apex, and the first fall under it after.
    select
        trial_index,
        series_index,
        max(case when rising and percent = 50 and place <= apex_place then place end) as rise_50,
        min(case when not rising and percent = 50 and place > apex_place then place end) as fall_50
    from crossings
    group by trial_index, series_index
),

places as (
    -- The others are looked for from there: outwards for a tenth, inwards for nine tenths.
    select
        crossings.trial_index,
        crossings.series_index,
        halves.rise_50,
        halves.fall_50,
        max(case
            when
                crossings.rising and crossings.percent = 10 and crossings.place <= halves.rise_50
                then crossings.place
        end) as rise_10,
        min(case
            when
                crossings.rising
                and crossings.percent = 90
                and crossings.place between halves.rise_50 and crossings.apex_place
                then crossings.place
        end) as rise_90,
        max(case
            when
                not crossings.rising
                and crossings.percent = 90
                and crossings.place > crossings.apex_place
                and crossings.place <= halves.fall_50
                then crossings.place
        end) as fall_90
    from crossings
    inner join halves
        on
            crossings.trial_index = halves.trial_index
            and crossings.series_index = halves.series_index
    group by crossings.trial_index, crossings.series_index, halves.rise_50, halves.fall_50
),

times as (
    select
        crossings.trial_index,
        crossings.series_index,
        max(case
            when crossings.percent = 10 and crossings.place = places.rise_10
                then crossings.crossed_s
        end) as rise_10_s,
        max(case
            when crossings.percent = 50 and crossings.place = places.rise_50
                then crossings.crossed_s
        end) as rise_50_s,
        max(case
            when crossings.percent = 90 and crossings.place = places.rise_90
                then crossings.crossed_s
        end) as rise_90_s,
        max(case
            when crossings.percent = 90 and crossings.place = places.fall_90
                then crossings.crossed_s
        end) as fall_90_s,
        max(case
            when crossings.percent = 50 and crossings.place = places.fall_50
                then crossings.crossed_s
        end) as fall_50_s
    from crossings
    inner join places
        on
            crossings.trial_index = places.trial_index
            and crossings.series_index = places.series_index
    group by crossings.trial_index, crossings.series_index
),

speeds as (
    -- From the rise over a tenth, or from the beginning where there is none, to the apex.
    select
        steps.trial_index,
        steps.series_index,
        max(steps.speed) as peak_speed
    from steps
    inner join apices
        on
            steps.trial_index = apices.trial_index
            and steps.series_index = apices.series_index
    left join places
        on
            steps.trial_index = places.trial_index
            and steps.series_index = places.series_index
    where steps.place between coalesce(places.rise_10, 1) and apices.apex_place
    group by steps.trial_index, steps.series_index
)

select
    courses.trial_index,
    courses.series_index,
    courses.baseline,
    courses.baseline_noise,
    courses.threshold,
    courses.responded,
    courses.amplitude,
    -- A tenth of less than that is not more than what noise and sway add.
    case when courses.amplitude >= 2 * courses.threshold then times.rise_10_s end as rise_10_s,
    times.rise_50_s,
    times.rise_90_s,
    times.fall_90_s,
    times.fall_50_s,
    apices.apex_s,
    case when times.rise_50_s is not null then speeds.peak_speed end as peak_speed,
    areas.area
from courses
left join apices
    on
        courses.trial_index = apices.trial_index and courses.series_index = apices.series_index
left join times
    on courses.trial_index = times.trial_index and courses.series_index = times.series_index
left join speeds
    on courses.trial_index = speeds.trial_index and courses.series_index = speeds.series_index
left join areas
    on courses.trial_index = areas.trial_index and courses.series_index = areas.series_index
