-- description = "The primary family, and what of it stands"

select
    method,
    direction,
    cast(count(*) as integer) as tests,
    cast(count(*) filter (where q < 0.05) as integer) as q,
    cast(count(*) filter (where holm < 0.05) as integer) as holm
from primary_correlations
group by method, direction
order by method, direction
