/*
row = "a point of the face mesh that a measure is computed from"
key = ["measure", "point"]
materialized = "table"
note = """
The points of a muscle are those of muscles. With the points that a side_difference is given go
their mirror images (mirror_points)."""

[columns]
measure = "shared"
point = "shared"
side = "shared"
*/
with listed as (
    select
        measure,
        part,
        a as point
    from internal.measure_parts
    union all
    select
        measure,
        part,
        b as point
    from internal.measure_parts
    union all
    select
        measure,
        part,
        c as point
    from internal.measure_parts
),

found as (
    select
        measure,
        point
    from listed
    where point is not null
    union
    select
        listed.measure,
        mirror_points.mirrored_point as point
    from listed
    inner join mirror_points on listed.point = mirror_points.point
    where listed.part = 'side_difference'
    union
    select
        source_measures.measure,
        muscles.point
    from source_measures
    inner join muscles on source_measures.muscle = muscles.muscle
)

select
    found.measure,
    found.point,
    mirror_points.side
from found
inner join mirror_points on found.point = mirror_points.point
