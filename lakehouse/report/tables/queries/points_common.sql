-- description = "In how many masks each point moves more than the mask's average"
-- people = ["participants"]

select
    point,
    cast(count(*) filter (where above_average) as integer) as masks_above,
    cast(count(*) as integer) as masks,
    avg(mean_distance) as mean_distance,
    max(participants) as participants
from point_averages
group by point
order by point
