-- description = "Courses of single people, of as many as lie in the page, each of twenty times"
-- personal = true
-- relations = ["dynamics_groups", "event_averages", "expression_dynamics", "group_motion", "trials"]

with shown as (
    select
        grouping,
        group_id,
        group_index
    from dynamics_groups
    where grouping in ('face', 'regions') and side = 'both'
),

sizes as (
    select 20 * count(distinct trials.mask) * count(distinct shown.group_index) as points_of_one
    from trials
    cross join shown
),

people as (
    -- In an order that tells nothing of their ids.
    select
        participant,
        row_number() over (order by avg(amplitude), participant) - 1 as person,
        count(*) over () as of
    from expression_dynamics
    where mask is not null and grouping = 'face'
    group by participant
),

kept as (
    -- Twenty thousand points at most.
    select
        people.participant,
        cast(people.person as integer) as person
    from people
    cross join sizes
    where people.person % cast(ceil(people.of * sizes.points_of_one / 20000.0) as integer) = 0
),

ends as (
    select
        mask,
        min(time_s) as first_s,
        max(time_s) as last_s
    from (
        select
            mask,
            time_s,
            participants,
            max(participants) over (partition by mask) as most
        from event_averages
    ) as timed
    where 2 * participants >= most
    group by mask
),

risen as (
    select
        group_motion.participant,
        group_motion.expression,
        group_motion.supervised,
        group_motion.mask,
        kept.person,
        shown.grouping,
        shown.group_id,
        shown.group_index,
        least(
            floor(20 * (group_motion.time_s - ends.first_s) / (ends.last_s - ends.first_s)), 19
        ) as place,
        ends.first_s + (ends.last_s - ends.first_s) * (place + 0.5) / 20 as time_s,
        group_motion.level - expression_dynamics.baseline as level
    from group_motion
    inner join kept on group_motion.participant = kept.participant
    inner join shown
        on group_motion.grouping = shown.grouping and group_motion.group_id = shown.group_id
    inner join ends on group_motion.mask = ends.mask
    inner join expression_dynamics
        on
            group_motion.participant = expression_dynamics.participant
            and group_motion.video = expression_dynamics.video
            and group_motion.event = expression_dynamics.event
            and group_motion.grouping = expression_dynamics.grouping
            and group_motion.group_id = expression_dynamics.group_id
    where
        group_motion.time_s between ends.first_s and ends.last_s
        and ends.last_s > ends.first_s
        and expression_dynamics.baseline is not null
)

select
    participant,
    person,
    expression,
    supervised,
    grouping || '_' || group_id as moving_part,
    round(time_s, 3) as time_s,
    round(avg(level), 2) as level
from risen
where level is not null
group by participant, person, expression, supervised, mask, grouping, group_id, group_index, time_s
order by group_index, mask, person, time_s
