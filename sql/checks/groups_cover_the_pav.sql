/*
rule = "each PAV point is in exactly one cluster, and clusters are numbered from 0 without gaps"
violations = [
    "delete from pav_clusters where point = 200",
    "insert into pav_clusters values (3, 0, 0, 0)",
    "update pav_clusters set group_id = 9 where group_id = 5",
    "update pav_clusters set group_id = group_id + 1",
]
*/
with numbered as (
    select
        count(distinct group_id) as clusters,
        min(group_id) as lowest,
        max(group_id) as highest
    from pav_clusters
),

unmatched as (
    select
        coalesce(points_above_average.point, pav_clusters.point) as point,
        pav_clusters.group_id
    from points_above_average
    full outer join pav_clusters on points_above_average.point = pav_clusters.point
    where points_above_average.point is null or pav_clusters.point is null
)

select
    point,
    group_id
from unmatched
union all
select
    null as point,
    highest as group_id
from numbered
where clusters > 0 and (lowest <> 0 or highest <> clusters - 1)
