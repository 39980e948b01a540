-- description = "Points above average in every mask, and their groups"

select
    cast(count(distinct points_above_average.point) as integer) as points,
    cast(count(distinct pav_clusters.group_id) as integer) as point_groups
from points_above_average
left join pav_clusters on points_above_average.point = pav_clusters.point
