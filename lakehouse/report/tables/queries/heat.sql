-- description = "Mean distance of every triangle from its neutral place, in every mask"

select
    expression,
    supervised,
    triangle,
    round(mean_distance, 2) as mean_distance
from (
    select
        expression,
        supervised,
        mask,
        triangle,
        mean_distance
    from triangle_heat
    union all
    -- The face that others are compared with has no distance, and is drawn as what it is.
    select
        mask_labels.expression,
        mask_labels.supervised,
        mask_labels.mask,
        triangles.triangle,
        null as mean_distance
    from mask_labels
    cross join triangles
    where mask_labels.is_reference
)
order by mean_distance is null, mask, triangle
