-- description = "How far groups of points have moved at each time after the onset, over participants"
-- people = ["participants"]

with numbered as (
    -- A trial's end is left out where less than half of the people still have a face.
    select
        *,
        cast(round(20 * time_s) as integer) as step,
        max(participants) over (partition by mask) as most
    from event_averages
),

spanned as (
    -- A course has some sixty times at most: every so many-th of the grid.
    select
        *,
        cast(
            greatest(ceil((max(step) over at_all - min(step) over at_all + 1) / 60.0), 1) as integer
        ) as every
    from numbered
    where 2 * participants >= most
    window at_all as (partition by mask)
)

select
    spanned.expression,
    spanned.supervised,
    spanned.grouping || '_' || spanned.group_id as moving_part,
    spanned.time_s,
    spanned.trials,
    spanned.participants,
    spanned.mean_level,
    spanned.sd_level,
    spanned.low,
    spanned.high
from spanned
inner join dynamics_groups
    on
        spanned.grouping = dynamics_groups.grouping
        and spanned.group_id = dynamics_groups.group_id
where
    spanned.step % spanned.every = 0
    and (spanned.grouping <> 'regions' or dynamics_groups.side = 'both')
order by dynamics_groups.group_index, spanned.mask, spanned.step
