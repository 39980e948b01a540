/*
row = "a group of muscles in a participant's mask: how the distances of its points to all points of the face changed"
key = ["participant", "expression", "supervised", "muscle_group"]
materialized = "table"
extra = "pairs"
source = "paper, section 3.2.2, first approach, third item"
note = "As pair_changes_by_muscle, over the points of all muscles of the group on both sides; a point that several of them have counts once."

[columns]
participant = ["id", "text, leading zeros kept"]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
mask = ["id", "label of expression and condition, such as 05-00; never 00-00"]
muscle_group = ["id", "as in muscles"]
points = ["count", "points of the group"]
mean_change = ["aligned px", "mean change from the participant's own reference"]
mean_abs_change = ["aligned px", "mean size of the change from it"]
mean_change_from_mean = ["aligned px", "mean change from the mean of all participants' references"]
mean_abs_change_from_mean = ["aligned px", "mean size of the change from that mean"]
*/
with group_points as (
    select distinct
        muscle_group,
        point
    from muscles
),

averaged as (
    select
        cell_pair_changes.cell_index,
        group_points.muscle_group,
        cast(count(*) as integer) as points,
        avg(cell_pair_changes.mean_change) as mean_change,
        avg(cell_pair_changes.mean_abs_change) as mean_abs_change,
        avg(cell_pair_changes.mean_change_from_mean) as mean_change_from_mean,
        avg(cell_pair_changes.mean_abs_change_from_mean) as mean_abs_change_from_mean
    from cell_pair_changes
    inner join group_points on cell_pair_changes.point = group_points.point
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
inner join cells on averaged.cell_index = cells.cell_index
