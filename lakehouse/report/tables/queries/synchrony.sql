-- description = "How much alike two regions of the face move, over participants"
-- people = ["participants"]

with by_people as (
    select
        participant,
        expression,
        supervised,
        mask,
        grouping || '_' || group_a as group_a,
        grouping || '_' || group_b as group_b,
        avg(r_zero) as r_zero,
        avg(r_max) as r_max,
        avg(lag_s) as lag_s
    from synchrony
    where mask is not null and r_zero is not null
    group by participant, expression, supervised, mask, grouping, group_a, group_b
)

select
    expression,
    supervised,
    group_a,
    group_b,
    cast(count(*) as integer) as participants,
    avg(r_zero) as r_zero,
    avg(r_max) as r_max,
    avg(lag_s) as lag_s
from by_people
group by expression, supervised, mask, group_a, group_b
order by mask, group_a, group_b
