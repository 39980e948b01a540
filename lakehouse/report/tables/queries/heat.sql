-- description = "Mean distance of every triangle from its neutral place, in every mask"

with reference as (
    -- The face that others are compared with has no distance, and is drawn as what it is.
    select distinct
        mean_masks.expression,
        mean_masks.supervised,
        mean_masks.mask
    from mean_masks
    inner join expressions on mean_masks.expression = expressions.expression
    where expressions.code = '00' and not mean_masks.supervised
)

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
    select
        reference.expression,
        reference.supervised,
        reference.mask,
        triangles.triangle,
        null as mean_distance
    from reference
    cross join triangles
)
order by mean_distance is null, mask, triangle
