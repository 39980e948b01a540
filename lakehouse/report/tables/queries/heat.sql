-- description = "Mean distance of every triangle from its neutral place, in every mask"

select
    expression,
    supervised,
    triangle,
    mean_distance
from triangle_heat
order by mask, triangle
