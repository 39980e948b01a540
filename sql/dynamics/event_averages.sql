/*
row = "a group of points at a time after the onset, averaged over the participants"
key = ["mask", "grouping", "group_id", "time_s"]
materialized = "table"
videos = true
export = 430
note = """
Levels less the trial's baseline, at every twentieth of a second, between two frames by straight
lines. Trials that did not respond are in it too. A participant's trials are averaged first, so that
people count alike. Who has no face at a time is not in its mean, which may jump for that reason
where participants is small. Expressions that the settings do not list are not here."""

[columns]
expression = "shared"
supervised = "shared"
mask = "shared"
grouping = "shared:dynamics_grouping"
group_id = "shared:dynamics_group_id"
time_s = "shared:trial_time"
trials = ["count", "trials with a face at that time"]
participants = ["count", "participants with such trials"]
mean_level = "shared:mean_of_people"
sd_level = ["aligned px", "standard deviation over the participants, n - 1; null for one"]
low = ["aligned px", "lower end of the 95 % confidence interval of the mean, by Student's t"]
high = ["aligned px", "upper end"]
*/
with moved as (
    select
        trial_index,
        group_index,
        frame_index,
        level
    from internal.part_motion
    union all
    select
        trial_index,
        group_index,
        frame_index,
        level
    from internal.pav_motion
),

risen as (
    select
        moved.trial_index,
        moved.group_index,
        moved.frame_index,
        moved.level - series_dynamics.baseline as level
    from moved
    inner join internal.series_dynamics
        on
            moved.trial_index = series_dynamics.trial_index
            and moved.group_index = series_dynamics.series_index
    where series_dynamics.baseline is not null
),

numbered as (
    -- A participant's trials of a mask have one number.
    select
        trial_index,
        mask,
        expression,
        supervised,
        min(trial_index) over (partition by participant, mask) as cell
    from trials
    where mask is not null
),

by_people as (
    select
        numbered.cell,
        earlier.group_index,
        grid_frames.step,
        count(*) as trials,
        avg(earlier.level + grid_frames.share * (later.level - earlier.level)) as level
    from internal.grid_frames
    inner join numbered on grid_frames.trial_index = numbered.trial_index
    inner join risen as earlier
        on
            grid_frames.trial_index = earlier.trial_index
            and grid_frames.before_index = earlier.frame_index
    inner join risen as later
        on
            grid_frames.trial_index = later.trial_index
            and grid_frames.after_index = later.frame_index
            and earlier.group_index = later.group_index
    group by numbered.cell, earlier.group_index, grid_frames.step
),

averaged as (
    select
        numbered.mask,
        numbered.expression,
        numbered.supervised,
        by_people.group_index,
        by_people.step,
        sum(by_people.trials) as trials,
        count(*) as participants,
        avg(by_people.level) as mean_level,
        stddev_samp(by_people.level) as sd_level
    from by_people
    inner join numbered on by_people.cell = numbered.trial_index
    group by
        numbered.mask,
        numbered.expression,
        numbered.supervised,
        by_people.group_index,
        by_people.step
),

quantiles as (
    -- 97.5 % quantiles of Student's t, by degrees of freedom.
    select
        listed.df,
        listed.t
    from (
        values
        (1, 12.706204736), (2, 4.302652730), (3, 3.182446305), (4, 2.776445105), (5, 2.570581836),
        (6, 2.446911851), (7, 2.364624252), (8, 2.306004135), (9, 2.262157163), (10, 2.228138852),
        (11, 2.200985160), (12, 2.178812830), (13, 2.160368656), (14, 2.144786688),
        (15, 2.131449546), (16, 2.119905299), (17, 2.109815578), (18, 2.100922040),
        (19, 2.093024054), (20, 2.085963447), (21, 2.079613845), (22, 2.073873068),
        (23, 2.068657610), (24, 2.063898562), (25, 2.059538553), (26, 2.055529439),
        (27, 2.051830516), (28, 2.048407142), (29, 2.045229642), (30, 2.042272456)
    ) as listed (df, t)
),

widened as (
    -- Beyond 30, by the expansion in powers of 1 / df, which is right to 2e-6 there.
    select
        averaged.mask,
        averaged.expression,
        averaged.supervised,
        averaged.group_index,
        averaged.step,
        averaged.trials,
        averaged.participants,
        averaged.mean_level,
        averaged.sd_level,
        coalesce(
            quantiles.t,
            1.959963985
            + 2.372271230 / nullif(averaged.participants - 1, 0)
            + 2.822498616 / power(nullif(averaged.participants - 1, 0), 2)
            + 2.555849680 / power(nullif(averaged.participants - 1, 0), 3)
        ) * averaged.sd_level / sqrt(averaged.participants) as half
    from averaged
    left join quantiles on averaged.participants - 1 = quantiles.df
)

select
    widened.expression,
    widened.supervised,
    widened.mask,
    dynamics_groups.grouping,
    dynamics_groups.group_id,
    widened.step / 20.0 as time_s,
    cast(widened.trials as integer) as trials,
    cast(widened.participants as integer) as participants,
    widened.mean_level,
    widened.sd_level,
    widened.mean_level - widened.half as low,
    widened.mean_level + widened.half as high
from widened
inner join dynamics_groups on widened.group_index = dynamics_groups.group_index
