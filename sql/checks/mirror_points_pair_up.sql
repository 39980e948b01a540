/*
rule = """
each of the mesh's points mirrors the point that mirrors it, on the other side or, on the midline,
itself"""
violations = [
    "delete from mirror_points where point = 10",
    "delete from mirror_points where point = 33",
    "insert into mirror_points values (468, 473, 'right')",
    "update mirror_points set mirrored_point = 61 where point = 263",
    "update mirror_points set mirrored_point = 4 where point = 5",
    "update mirror_points set side = 'right' where point = 263",
    "update mirror_points set side = 'midline' where point in (33, 263)",
    "update mirror_points set side = null where point = 10",
]
*/
with mesh as (
    select point_a as point from triangles
    union
    select point_b as point from triangles
    union
    select point_c as point from triangles
),

mirrored_back as (
    select
        there.point,
        there.mirrored_point,
        there.side,
        back.mirrored_point as point_again,
        back.side as other_side
    from mirror_points as there
    left join mirror_points as back on there.mirrored_point = back.point
)

select
    coalesce(mesh.point, mirrored_back.point) as point,
    mirrored_back.mirrored_point,
    mirrored_back.side,
    mirrored_back.point_again,
    mirrored_back.other_side
from mesh
full outer join mirrored_back on mesh.point = mirrored_back.point
where not coalesce(
    mesh.point = mirrored_back.point
    and mirrored_back.point = mirrored_back.point_again
    and case mirrored_back.side
        when 'midline' then mirrored_back.point = mirrored_back.mirrored_point
        when 'left' then mirrored_back.other_side = 'right'
        when 'right' then mirrored_back.other_side = 'left'
    end, false
)
