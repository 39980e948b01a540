/*
row = "an included participant's score or feature"
key = ["kind", "name", "participant"]
materialized = "table"
internal = true

[columns]
kind = "shared"
name = "shared"
expression = "shared:expression_or_none"
supervised = "shared:supervised_or_none"
mask = "shared:mask_or_none"
grouping = "shared:grouping_or_none"
group_id = "shared:group_id_or_none"
participant = "shared"
value = ["score points, aligned px or the measure's unit", """
    squared where statistics.feature says so; null where it is missing"""]
*/
select
    'instrument' as kind,
    instrument as name,
    cast(null as varchar) as expression,
    cast(null as boolean) as supervised,
    cast(null as varchar) as mask,
    cast(null as varchar) as grouping,
    cast(null as integer) as group_id,
    participant,
    score as value
from analysed_scores
union all
select
    'feature' as kind,
    feature as name,
    expression,
    supervised,
    mask,
    grouping,
    group_id,
    participant,
    value
from features
