/*
rule = "every point of a muscle is a point of the mesh, on the side that the row names"
violations = [
    "update muscles set side = 'left' where point = 61",
    "update muscles set side = null where point = 61",
    "update muscles set side = 'right' where point = 17",
    "update muscles set point = 468 where point = 17",
]
*/
select
    muscles.muscle,
    muscles.point,
    muscles.side,
    mirror_points.side as side_of_point
from muscles
left join mirror_points on muscles.point = mirror_points.point
where muscles.side is distinct from mirror_points.side
