/*
row = "a number that describes a participant's expressions"
key = ["participant", "feature"]
materialized = "table"
export = 70
source = "paper, table 1: group 02 of happiness, unsupervised, is m05_00_2"
note = """
They are those of kmeans6_eyes, whose first six groups are kmeans6, of the measures that
lakehouse.toml defines, and of dynamics_measures where there are videos. The setting
statistics.feature says how movement is measured; movement_features has all ways beside each
other."""

[columns]
participant = ["shared", "included participants only"]
feature = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
grouping = "shared"
group_id = "shared"
value = "shared:chosen_value"
*/
select
    feature_values.participant,
    feature_values.feature,
    feature_values.expression,
    feature_values.supervised,
    feature_values.mask,
    feature_values.grouping,
    feature_values.group_id,
    feature_values.value
from feature_values
cross join settings
where
    feature_values.grouping in (
        'kmeans' || settings.clusters_k || '_eyes', 'measures', 'dynamics'
    )
