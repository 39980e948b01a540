-- description = "Sides of the mesh's triangles, each once"

with sides as (
    select
        point_a as one,
        point_b as other
    from triangles
    union all
    select
        point_b as one,
        point_c as other
    from triangles
    union all
    select
        point_c as one,
        point_a as other
    from triangles
),

edges as (
    select distinct
        least(one, other) as point_a,
        greatest(one, other) as point_b
    from sides
)

select
    cast(row_number() over (order by point_a, point_b) - 1 as integer) as edge,
    point_a,
    point_b
from edges
order by edge
