/*
row = """
a group of muscles in a participant's mask: how the distances of its points to all points of the
face changed"""
key = ["participant", "expression", "supervised", "muscle_group"]
materialized = "table"
export = 330
extra = "pairs"
source = "paper, section 3.2.2, first approach, third item"
note = """
The same as pair_changes_by_muscle, over the points of all muscles of the group on both sides. A
point that lies over several of them counts once."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
muscle_group = "shared"
points = "shared:group_points"
mean_change = "shared"
mean_abs_change = "shared"
mean_change_from_mean = "shared"
mean_abs_change_from_mean = "shared"
*/
with averaged as (
    select
        cell_pair_changes.cell_index,
        group_points.muscle_group,
        cast(count(*) as integer) as points,
        avg(cell_pair_changes.mean_change) as mean_change,
        avg(cell_pair_changes.mean_abs_change) as mean_abs_change,
        avg(cell_pair_changes.mean_change_from_mean) as mean_change_from_mean,
        avg(cell_pair_changes.mean_abs_change_from_mean) as mean_abs_change_from_mean
    from internal.cell_pair_changes
    inner join muscle_group_points as group_points
        on cell_pair_changes.point = group_points.point
    group by cell_pair_changes.cell_index, group_points.muscle_group
)

select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    averaged.muscle_group,
    averaged.points,
    averaged.mean_change,
    averaged.mean_abs_change,
    averaged.mean_change_from_mean,
    averaged.mean_abs_change_from_mean
from averaged
inner join internal.cells on averaged.cell_index = cells.cell_index
