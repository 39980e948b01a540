/*
row = "an included participant's score on a questionnaire"
key = ["participant", "instrument"]
materialized = "view"

[columns]
participant = "shared"
instrument = "shared"
score = "shared"
*/
select
    scores.participant,
    scores.instrument,
    scores.score
from scores
inner join participants on scores.participant = participants.participant
where participants.included
