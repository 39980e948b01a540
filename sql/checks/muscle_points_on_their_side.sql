/*
rule = "every point of a muscle is a point of the mesh, on the side that the row names"
*/
select
    muscles.muscle,
    muscles.point,
    muscles.side,
    mirror_points.side as side_of_point
from muscles
left join mirror_points on muscles.point = mirror_points.point
where muscles.side is distinct from mirror_points.side
