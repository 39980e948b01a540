/*
row = "an included participant's score or feature"
key = ["kind", "name", "participant"]
materialized = "view"
internal = true

[columns]
kind = "shared"
name = "shared"
participant = "shared"
value = ["score points or aligned px", "null where it is missing"]
*/
select
    'instrument' as kind,
    instrument as name,
    participant,
    score as value
from analysed_scores
union all
select
    'feature' as kind,
    feature as name,
    participant,
    value
from features
