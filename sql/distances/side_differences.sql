/*
row = "a participant's mask: how much farther the left half of the face moves than the right one"
key = ["participant", "expression", "supervised"]
materialized = "table"
note = """
Means over all pairs of mirrored points, as mirror_points has them, in the image plane."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
mean_left = ["aligned px", "mean distance from the neutral face over the points of the left half"]
mean_right = ["aligned px", "likewise of the right half"]
difference = ["aligned px", "mean_left - mean_right"]
*/
select
    moved.participant,
    moved.expression,
    moved.supervised,
    moved.mask,
    avg(case mirror_points.side when 'left' then moved.distance end) as mean_left,
    avg(case mirror_points.side when 'right' then moved.distance end) as mean_right,
    avg(case mirror_points.side when 'left' then moved.distance end)
    - avg(case mirror_points.side when 'right' then moved.distance end) as difference
from neutral_distances as moved
inner join mirror_points on moved.point = mirror_points.point
where mirror_points.side <> 'midline'
group by moved.participant, moved.expression, moved.supervised, moved.mask
