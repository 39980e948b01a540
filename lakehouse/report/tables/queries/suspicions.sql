-- description = "What is probably a mistake, though the results use it"
-- personal = true

select
    suspicion,
    cast(count(*) as integer) as people,
    string_agg(participant, ', ' order by participant) as participant
from suspicions
group by suspicion
order by people desc, suspicion asc
