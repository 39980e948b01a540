-- description = "Why people are left out, the commonest reason first"
-- people = ["people"]

select
    reason,
    cast(count(distinct participant) as integer) as people
from exclusions
where scope = 'participant'
group by reason
order by people desc, reason asc
