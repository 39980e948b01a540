/*
rule = """
every mask but the reference has each triangle of the mesh, at the mean of its corners' distances"""
violations = [
    "delete from triangle_heat where triangle = 851",
    "insert into triangle_heat values ('fear', false, '04-00', 0, 1.0)",
    "update triangle_heat set mean_distance = mean_distance + 1e-6 where triangle = 3",
    "update triangle_heat set mean_distance = null where triangle = 3",
    "update triangle_heat set mean_distance = 'nan' where triangle = 3",
    "update triangle_heat set supervised = not supervised",
    "delete from point_averages where point = 467",
    "update point_averages set mean_distance = mean_distance + 1 where point = 0",
]
*/
with corners as (
    select
        triangle,
        point_a as point
    from triangles
    union all
    select
        triangle,
        point_b as point
    from triangles
    union all
    select
        triangle,
        point_c as point
    from triangles
),

expected as (
    -- A corner without a row counts as one without a distance.
    select
        mask_averages.expression,
        mask_averages.supervised,
        mask_averages.mask,
        corners.triangle,
        case count(point_averages.mean_distance)
            when 3 then avg(point_averages.mean_distance)
        end as mean_distance
    from mask_averages
    cross join corners
    left join point_averages
        on mask_averages.mask = point_averages.mask and corners.point = point_averages.point
    group by
        mask_averages.expression, mask_averages.supervised, mask_averages.mask, corners.triangle
)

select
    coalesce(expected.mask, triangle_heat.mask) as mask,
    coalesce(expected.triangle, triangle_heat.triangle) as triangle,
    expected.mean_distance as of_corners,
    triangle_heat.mean_distance
from expected
full outer join triangle_heat
    on
        expected.expression = triangle_heat.expression
        and expected.supervised = triangle_heat.supervised
        and expected.mask = triangle_heat.mask
        and expected.triangle = triangle_heat.triangle
where
    expected.mask is null or triangle_heat.mask is null
    or (expected.mean_distance is null) <> (triangle_heat.mean_distance is null)
    or isnan(triangle_heat.mean_distance)
    or abs(expected.mean_distance - triangle_heat.mean_distance) > 1e-9
