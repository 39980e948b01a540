/*
row = "a participant's score on a questionnaire"
key = ["participant", "instrument"]
materialized = "table"
export = 50
source = "paper, section 3.1"

[columns]
participant = "shared"
instrument = "shared"
score = "shared"
*/
select
    participant,
    instrument,
    score
from source_scores
