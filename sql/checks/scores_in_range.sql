/*
rule = "scores lie in the range that the settings give their instrument"
*/
select
    scores.participant,
    scores.instrument,
    scores.score,
    instruments.min_score,
    instruments.max_score
from scores
inner join instruments on scores.instrument = instruments.instrument
where scores.score < instruments.min_score or scores.score > instruments.max_score
