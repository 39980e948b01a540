-- description = "How far the skin over each group of muscles moves, in every mask"
-- people = ["participants"]

select
    muscle_group,
    expression,
    supervised,
    max(points) as points,
    avg(mean_distance) as mean_distance,
    quantile_cont(mean_distance, 0.25) as lower_quartile,
    quantile_cont(mean_distance, 0.75) as upper_quartile,
    cast(count(*) as integer) as participants
from muscle_group_distances
group by muscle_group, mask, expression, supervised
order by muscle_group, mask
