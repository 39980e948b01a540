/*
row = "two regions of the face in a trial in which both moved: how much alike their courses are"
key = ["participant", "video", "event", "grouping", "group_a", "group_b"]
materialized = "table"
videos = true
export = 450
note = """
Correlations of levels over the points of the trial's grid, a twentieth of a second apart, from
video.neutral_s before the onset to the end: at the same time, and with one of the two shifted by up
to half a second. A shift counts if it leaves five points and half of those without a shift. Of
equally strong ones the shortest is taken. A head that turns moves all regions at once, so a high
r_zero is no sign of synchrony by itself. Regions of both sides only, each pair once."""

[columns]
participant = "shared"
video = "shared"
event = "shared"
expression = "shared:trial_expression"
supervised = "shared:trial_supervised"
mask = "shared:trial_mask"
grouping = ["id", "regions"]
group_a = "shared:dynamics_group_id"
group_b = ["shared:dynamics_group_id", "after group_a"]
n = ["count", "points of the grid with a face"]
r_zero = ["r", "correlation at the same times"]
r_max = ["r", "highest correlation over the shifts"]
lag_s = ["s", "that shift: above 0 where group_b comes after group_a"]
*/
with responding as (
    -- Trials and regions of both sides that moved.
    select
        series_dynamics.trial_index,
        dynamics_groups.group_index
    from internal.series_dynamics
    inner join dynamics_groups on series_dynamics.series_index = dynamics_groups.group_index
    where
        series_dynamics.responded
        and dynamics_groups.grouping = 'regions'
        and dynamics_groups.side = 'both'
),

courses as (
    select
        grid_frames.trial_index,
        earlier.group_index,
        grid_frames.step,
        earlier.level + grid_frames.share * (later.level - earlier.level) as level
    from internal.grid_frames
    inner join responding on grid_frames.trial_index = responding.trial_index
    inner join internal.part_motion as earlier
        on
            grid_frames.trial_index = earlier.trial_index
            and grid_frames.before_index = earlier.frame_index
            and responding.group_index = earlier.group_index
    inner join internal.part_motion as later
        on
            grid_frames.trial_index = later.trial_index
            and grid_frames.after_index = later.frame_index
            and responding.group_index = later.group_index
),

lags as (
    select unnest(generate_series(-10, 10)) as lag
),

shifted as (
    -- Each course at each shift.
    select
        courses.trial_index,
        courses.group_index,
        courses.level,
        lags.lag,
        courses.step + lags.lag as step
    from courses
    cross join lags
),

correlated as (
    select
        one.trial_index,
        one.group_index as index_a,
        other.group_index as index_b,
        one.lag,
        count(*) as n,
        covar_pop(one.level, other.level)
        / nullif(stddev_pop(one.level) * stddev_pop(other.level), 0) as r
    from shifted as one
    inner join courses as other
        on
            one.trial_index = other.trial_index
            and one.group_index < other.group_index
            and one.step = other.step
    group by one.trial_index, one.group_index, other.group_index, one.lag
),

at_once as (
    select
        trial_index,
        index_a,
        index_b,
        n,
        r
    from correlated
    where lag = 0
),

ranked as (
    select
        at_once.trial_index,
        at_once.index_a,
        at_once.index_b,
        at_once.n,
        at_once.r as r_zero,
        correlated.r as r_max,
        correlated.lag,
        row_number() over (
            partition by at_once.trial_index, at_once.index_a, at_once.index_b
            order by correlated.r desc, abs(correlated.lag) asc, correlated.lag asc
        ) as place
    from at_once
    inner join correlated
        on
            at_once.trial_index = correlated.trial_index
            and at_once.index_a = correlated.index_a
            and at_once.index_b = correlated.index_b
    where
        correlated.r is not null
        and correlated.n >= 5
        and 2 * correlated.n >= at_once.n
)

select
    trials.participant,
    trials.video,
    trials.event,
    trials.expression,
    trials.supervised,
    trials.mask,
    group_a.grouping,
    group_a.group_id as group_a,
    group_b.group_id as group_b,
    cast(ranked.n as integer) as n,
    ranked.r_zero,
    ranked.r_max,
    ranked.lag / 20.0 as lag_s
from ranked
inner join trials on ranked.trial_index = trials.trial_index
inner join dynamics_groups as group_a on ranked.index_a = group_a.group_index
inner join dynamics_groups as group_b on ranked.index_b = group_b.group_index
where ranked.place = 1
