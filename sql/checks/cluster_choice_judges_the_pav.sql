/*
rule = "cluster_choice is of as many points as pav_clusters, and marks the number of groups in use"
violations = [
    "update cluster_choice set points = 59 where k = 3",
    "update cluster_choice set chosen = true where k = 3",
    "update cluster_choice set chosen = false where k = 6",
]
*/
with grouped as (
    select cast(count(*) as integer) as points
    from pav_clusters
)

select
    cluster_choice.k,
    cluster_choice.points
from cluster_choice
cross join grouped
cross join settings
where
    cluster_choice.points <> grouped.points
    or cluster_choice.chosen <> (cluster_choice.k = settings.clusters_k)
