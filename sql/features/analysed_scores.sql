/*
row = "an included participant's score on a questionnaire"
key = ["participant", "instrument"]
materialized = "view"

[columns]
participant = ["id", "text, leading zeros kept"]
instrument = ["id", "the questionnaire"]
score = ["score points", "null where the answer is missing"]
*/
select
    scores.participant,
    scores.instrument,
    scores.score
from scores
inner join participants on scores.participant = participants.participant
where participants.included
