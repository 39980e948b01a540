/*
row = "an included participant, with a column per feature and per score"
key = ["participant"]
materialized = "table"
note = "The query gives name and value pairs; the build spreads them into columns."

[pivot]
name = "name"
value = "value"

[columns]
participant = ["id", "text, leading zeros kept"]
"*" = ["aligned px or score points", "a feature named as in features, or a score named by its instrument"]
*/
select
    participant,
    name,
    value
from analysed_values
