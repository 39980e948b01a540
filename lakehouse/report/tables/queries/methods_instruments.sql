-- description = "Questionnaires of which somebody has a score"

select distinct instruments.instrument
from instruments
inner join scores on instruments.instrument = scores.instrument
where scores.score is not null
order by instruments.instrument
