-- description = "Mean distance of every point from its neutral place, in every mask"
-- people = ["participants"]

select
    expression,
    supervised,
    point,
    mean_distance,
    above_average,
    participants
from point_averages
order by mask, point
