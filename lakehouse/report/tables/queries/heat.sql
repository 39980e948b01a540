-- description = "Mean distance of every triangle from its neutral place, in every mask"
-- people = ["participants"]

with moved as (
    select
        triangle_heat.expression,
        triangle_heat.supervised,
        triangle_heat.mask,
        triangle_heat.triangle,
        round(triangle_heat.mean_distance, 2) as mean_distance,
        mask_averages.participants
    from triangle_heat
    inner join mask_averages on triangle_heat.mask = mask_averages.mask
    where triangle_heat.mean_distance is not null
),

reference as (
    -- The face that others are compared with has no distance, and is drawn as what it is.
    select
        mask_labels.expression,
        mask_labels.supervised,
        mask_labels.mask,
        triangles.triangle,
        cast(null as double) as mean_distance,
        mean_masks.participants
    from mask_labels
    inner join mean_masks on mask_labels.mask = mean_masks.mask
    cross join triangles
    where mask_labels.is_reference and mean_masks.point = 0
)

select
    expression,
    supervised,
    triangle,
    mean_distance,
    participants
from (
    select * from moved
    union all
    select * from reference
) as faces
order by mean_distance is null, mask, triangle
