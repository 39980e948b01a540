/*
row = "a participant's score on a questionnaire"
key = ["participant", "instrument"]
materialized = "table"
source = "paper, section 3.1"

[columns]
participant = ["id", "text, leading zeros kept"]
instrument = ["id", "name of the score column without _score"]
score = ["score points", "null where the answer is missing"]
*/
select
    participant,
    instrument,
    score
from source_scores
