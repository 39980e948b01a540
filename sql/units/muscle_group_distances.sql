/*
row = """
a group of muscles in a participant's mask: how far the skin over it moved from the neutral face"""
key = ["participant", "expression", "supervised", "muscle_group"]
materialized = "table"
export = 108
source = "paper, section 3.2.2, first approach, third item"
note = """
As muscle_distances, over the points of all muscles of the group; a point that lies over several of
them counts once."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
muscle_group = "shared"
points = "shared:group_points"
mean_distance = "shared:points_distance"
mean_left = "shared:left_distance"
mean_right = "shared:right_distance"
*/
with averaged as (
    select
        analysed_distances.cell_index,
        group_points.muscle_group,
        cast(count(*) as integer) as points,
        avg(analysed_distances.distance) as mean_distance,
        avg(case group_points.side when 'left' then analysed_distances.distance end) as mean_left,
        avg(case group_points.side when 'right' then analysed_distances.distance end) as mean_right
    from internal.analysed_distances
    inner join muscle_group_points as group_points
        on analysed_distances.point = group_points.point
    group by analysed_distances.cell_index, group_points.muscle_group
)

select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    averaged.muscle_group,
    averaged.points,
    averaged.mean_distance,
    averaged.mean_left,
    averaged.mean_right
from averaged
inner join internal.cells on averaged.cell_index = cells.cell_index
