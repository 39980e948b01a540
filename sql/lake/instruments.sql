/*
row = "a questionnaire"
key = ["instrument"]
materialized = "table"
export = 40
source = "paper, section 3.1; names and ranges are settings"

[columns]
instrument = "shared"
name = ["text", "full name; for a score column without settings, its id"]
min_score = ["score points", "lowest possible; null where no range is set"]
max_score = ["score points", "highest possible; null where no range is set"]
*/
with scored as (
    select distinct instrument from source_scores
)

select
    coalesce(source_instruments.instrument, scored.instrument) as instrument,
    coalesce(source_instruments.name, scored.instrument) as name,
    source_instruments.min_score,
    source_instruments.max_score
from source_instruments
full outer join scored on source_instruments.instrument = scored.instrument
