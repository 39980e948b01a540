-- description = "Corners of the mouth and eyes of every participant, in happiness"
-- personal = true

select
    participant,
    condition,
    side,
    corner_rise,
    eye_narrowing
from smile_measures
where condition <> 'both' and corner_rise is not null and eye_narrowing is not null
order by condition desc, side asc, participant asc
