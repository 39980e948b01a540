/*
gives = "the point at the same place on the other side of the face"
example = "select mirrored_point(61)"
kind = "scalar"

[parameters]
of_point = "shared:point"
*/
select listed.mirror_of_listed
from (
    select
        mirror_points.point as listed_point,
        mirror_points.mirrored_point as mirror_of_listed
    from mirror_points
) as listed
where listed.listed_point = of_point
