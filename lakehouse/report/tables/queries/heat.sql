-- description = "Mean distance of every triangle from its neutral place, in every mask"

select
    expression,
    supervised,
    triangle,
    mean_distance
from triangle_heat
inner join mask_labels using (mask)
order by mask, triangle
