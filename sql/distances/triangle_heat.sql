/*
row = "a triangle of the face mesh in a mask: how far it moves, to be drawn as heat on a face"
key = ["mask", "triangle"]
materialized = "table"
source = "paper, section 4.1.4, figures 11 and 16"
note = """
The triangle's corners are in triangles; mean_masks has places to draw them at. The distances are
means over the participants. The paper's text speaks of the distance between the mean faces, in
which movements in opposite directions cancel: mean_displacements has that as mean_shift, by
point."""

[columns]
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
triangle = ["id", "the triangle, as in triangles"]
mean_distance = ["aligned px", """
    mean over the three corners of their mean distance from the neutral face, as in point_averages;
    null where a corner has none"""]
*/
-- By one join on the point: joins of three corners of one mask are planned as mask times mask.
with corners as (
    select
        triangle,
        unnest([point_a, point_b, point_c]) as point
    from triangles
)

select
    point_averages.expression,
    point_averages.supervised,
    point_averages.mask,
    corners.triangle,
    case when count(point_averages.mean_distance) = 3 then avg(point_averages.mean_distance) end
        as mean_distance
from corners
inner join point_averages on corners.point = point_averages.point
group by
    point_averages.expression, point_averages.supervised, point_averages.mask, corners.triangle
