/*
gives = """
how much farther the left half of the face moves than the right one, for every participant and mask:
over all pairs of mirrored points"""
example = "select mask, avg(difference) from side_differences() group by mask"
kind = "table"
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
