-- description = "Eyes by how far the corners of the mouth rise: groups of people of equal size"
-- people = ["participants"]

with ranked as (
    select
        condition,
        side,
        corner_rise,
        eye_narrowing,
        row_number() over (partition by condition, side order by corner_rise, participant) as place,
        count(*) over (partition by condition, side) as people
    from smile_measures
    where condition <> 'both' and corner_rise is not null and eye_narrowing is not null
),

stepped as (
    -- Up to ten groups, each of ten people or more where there are so many.
    select
        condition,
        side,
        corner_rise,
        eye_narrowing,
        (place - 1) * greatest(1, least(10, people // 10)) // people + 1 as rise_group
    from ranked
)

select
    condition,
    side,
    cast(rise_group as integer) as rise_group,
    cast(count(*) as integer) as participants,
    avg(corner_rise) as corner_rise,
    avg(eye_narrowing) as eye_narrowing,
    quantile_cont(eye_narrowing, 0.25) as quarter,
    quantile_cont(eye_narrowing, 0.75) as three_quarters
from stepped
group by condition, side, rise_group
order by condition desc, side asc, rise_group asc
