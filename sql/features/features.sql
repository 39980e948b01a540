/*
row = "a number that describes a participant's expressions"
key = ["participant", "feature"]
materialized = "table"
export = 70
source = "paper, table 1: group 02 of happiness, unsupervised, is 05-00_2"

[columns]
participant = ["shared", "included participants only"]
feature = ["id", "mask, underscore, group_id of kmeans6_eyes (of which kmeans6 is the first six)"]
value = "shared:group_distance"
*/
select
    group_distances.participant,
    group_distances.mask || '_' || group_distances.group_id as feature,
    group_distances.mean_distance as value
from group_distances
cross join settings
where group_distances.grouping = 'kmeans' || settings.clusters_k || '_eyes'
