/*
row = """
a muscle in a participant's mask: how far the skin over it moved from the neutral face"""
key = ["participant", "expression", "supervised", "muscle"]
materialized = "table"
export = 106
source = "paper, section 3.2.2, first approach, second item"
note = """
Each point of the muscle, as in muscles, counts once, on both sides and the midline (mean_distance)
and on either side. The distances are those of the results, in the image plane or with depth, as the
setting distance.dimensions says. That the skin over a muscle moves does not mean that this muscle
moved it."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
muscle = "shared"
points = "shared:muscle_points"
mean_distance = "shared:points_distance"
mean_left = "shared:left_distance"
mean_right = "shared:right_distance"
*/
with averaged as (
    select
        analysed_distances.cell_index,
        muscles.muscle,
        cast(count(*) as integer) as points,
        avg(analysed_distances.distance) as mean_distance,
        avg(case muscles.side when 'left' then analysed_distances.distance end) as mean_left,
        avg(case muscles.side when 'right' then analysed_distances.distance end) as mean_right
    from internal.analysed_distances
    inner join muscles on analysed_distances.point = muscles.point
    group by analysed_distances.cell_index, muscles.muscle
)

select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    averaged.muscle,
    averaged.points,
    averaged.mean_distance,
    averaged.mean_left,
    averaged.mean_right
from averaged
inner join internal.cells on averaged.cell_index = cells.cell_index
