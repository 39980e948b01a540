/*
row = "a participant's value of a feature of a grouping"
key = ["participant", "grouping", "feature"]
materialized = "ephemeral"

[columns]
participant = "shared"
feature = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
grouping = "shared"
group_id = "shared"
value = "shared:group_or_measure_value"
*/
select
    group_distances.participant,
    group_features.feature,
    group_features.expression,
    group_features.supervised,
    group_features.mask,
    group_features.grouping,
    group_features.group_id,
    group_distances.mean_distance as value
from group_distances
inner join internal.group_features
    on
        group_distances.mask = group_features.mask
        and group_distances.grouping = group_features.grouping
        and group_distances.group_id = group_features.group_id
union all
select
    measures.participant,
    group_features.feature,
    group_features.expression,
    group_features.supervised,
    group_features.mask,
    group_features.grouping,
    group_features.group_id,
    measures.change as value
from measures
inner join measure_definitions on measures.measure = measure_definitions.measure
inner join internal.group_features
    on
        group_features.grouping = 'measures'
        and measures.mask = group_features.mask
        and measure_definitions.group_id = group_features.group_id
