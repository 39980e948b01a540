-- description = "How many have the least or the largest score that there can be"
-- people = ["participants"]

select
    name as instrument,
    'floor' as bound,
    floor_value as score,
    cast(round(at_floor * n) as integer) as participants,
    at_floor as share
from distributions
where kind = 'instrument' and at_floor is not null
union all
select
    name as instrument,
    'ceiling' as bound,
    ceiling_value as score,
    cast(round(at_ceiling * n) as integer) as participants,
    at_ceiling as share
from distributions
where kind = 'instrument' and at_ceiling is not null
order by instrument, bound = 'ceiling'
