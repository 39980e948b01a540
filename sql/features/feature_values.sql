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
value = "shared:group_distance"
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
