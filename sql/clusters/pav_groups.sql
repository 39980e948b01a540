/*
row = "a point in a group of a grouping"
key = ["grouping", "group_id", "point"]
materialized = "table"
export = 140
source = "paper, section 3.2.3, figures 12 and 18"
note = "An eyelid point that is also a PAV point stands in both of its groups."

[columns]
point = "shared"
grouping = ["id", """
    kmeans6: the clusters of the PAV points, their number being the setting clusters.k;
    kmeans6_eyes: the same clusters and two groups of the lower eyelids"""]
group_id = ["id", "from 0; in kmeans6_eyes, 6 is the left eyelid and 7 the right"]
*/
select
    pav_clusters.point,
    'kmeans' || settings.clusters_k as grouping,
    pav_clusters.group_id
from pav_clusters
cross join settings
union all
select
    pav_clusters.point,
    'kmeans' || settings.clusters_k || '_eyes' as grouping,
    pav_clusters.group_id
from pav_clusters
cross join settings
union all
select
    eyelid_points.point,
    'kmeans' || settings.clusters_k || '_eyes' as grouping,
    cast(settings.clusters_k + eyelid_points.place as integer) as group_id
from eyelid_points
cross join settings
