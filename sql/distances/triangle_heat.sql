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
select
    corner_a.expression,
    corner_a.supervised,
    corner_a.mask,
    triangles.triangle,
    (corner_a.mean_distance + corner_b.mean_distance + corner_c.mean_distance) / 3 as mean_distance
from triangles
inner join point_averages as corner_a on triangles.point_a = corner_a.point
inner join point_averages as corner_b
    on triangles.point_b = corner_b.point and corner_a.mask = corner_b.mask
inner join point_averages as corner_c
    on triangles.point_c = corner_c.point and corner_a.mask = corner_c.mask
