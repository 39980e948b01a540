/*
rule = "scores lie in the range that the settings give their instrument"
violations = [
    "update scores set score = 63.5 where instrument = 'dbi'",
    "update scores set score = -1 where participant = '006'",
]
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
