/*
row = "an included participant, with a column per feature and per score"
key = ["participant"]
materialized = "table"
export = 80
note = "The query gives pairs of name and value; the build spreads them into columns."

[pivot]
name = "name"
value = "value"

[columns]
participant = "shared"
"*" = ["aligned px or score points", """
    a feature named as in features, or a score named by its instrument"""]
*/
select
    participant,
    name,
    value
from analysed_values
