-- description = "What became of the photographs: how the face was found, or why there is none"
-- people = ["people"]

with outcomes as (
    select
        participant,
        status = 'ok' as found,
        case when status = 'ok' then coalesce(retry, 'at_once') else status end as outcome
    from photos
)

select
    found,
    outcome,
    cast(count(*) as integer) as photographs,
    cast(count(distinct participant) as integer) as people,
    count(*) / sum(count(*)) over () as share
from outcomes
group by found, outcome
order by found desc, photographs desc, outcome asc
