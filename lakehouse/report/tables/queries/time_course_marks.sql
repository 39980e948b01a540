-- description = "When groups of points pass half of their rise, and when they have moved farthest"
-- people = ["participants"]

with by_people as (
    select
        participant,
        expression,
        supervised,
        mask,
        grouping,
        group_id,
        avg(rise_50_s) as rise_50_s,
        avg(apex_s) as apex_s
    from expression_dynamics
    where mask is not null and responded
    group by participant, expression, supervised, mask, grouping, group_id
),

marked as (
    unpivot by_people
    on rise_50_s, apex_s
    into name event_mark value time_s
),

averaged as (
    select
        expression,
        supervised,
        mask,
        grouping,
        group_id,
        event_mark,
        count(*) as participants,
        avg(time_s) as time_s
    from marked
    group by expression, supervised, mask, grouping, group_id, event_mark
)

select
    averaged.expression,
    averaged.supervised,
    averaged.grouping || '_' || averaged.group_id as moving_part,
    averaged.event_mark,
    cast(averaged.participants as integer) as participants,
    averaged.time_s,
    arg_min(event_averages.mean_level, abs(event_averages.time_s - averaged.time_s)) as mean_level
from averaged
inner join event_averages
    on
        averaged.mask = event_averages.mask
        and averaged.grouping = event_averages.grouping
        and averaged.group_id = event_averages.group_id
inner join dynamics_groups
    on
        averaged.grouping = dynamics_groups.grouping
        and averaged.group_id = dynamics_groups.group_id
where averaged.grouping <> 'regions' or dynamics_groups.side = 'both'
group by
    averaged.expression,
    averaged.supervised,
    averaged.mask,
    averaged.grouping,
    averaged.group_id,
    averaged.event_mark,
    averaged.participants,
    averaged.time_s
order by
    averaged.grouping asc, averaged.group_id asc, averaged.mask asc, averaged.event_mark desc
