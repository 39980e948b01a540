/*
row = """
a side of a muscle in a participant's mask: how the distances of its points to all points of the
face changed"""
key = ["participant", "expression", "supervised", "muscle", "side"]
materialized = "table"
export = 320
extra = "pairs"
source = "paper, section 3.2.2, first approach, second item"
note = """
The values are means of pair_changes_by_point over the muscle's points on that side, as in muscles.
Each pair has one end in the muscle and the other anywhere in the face: the paper too computes point
by point and then averages by muscle. A pair with both ends in the muscle counts for each end."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
muscle = "shared"
side = ["id", "left or right, the participant's own, or midline, as in muscles"]
points = ["count", "points of the muscle on that side"]
mean_change = "shared"
mean_abs_change = "shared"
mean_change_from_mean = "shared"
mean_abs_change_from_mean = "shared"
*/
-- Numbered, because the engine groups by integers five times as fast as by texts.
with muscle_sides as (
    select
        muscle,
        side,
        cast(row_number() over (order by muscle, side) as integer) as muscle_side
    from muscles
    group by muscle, side
),

side_points as (
    select
        muscle_sides.muscle_side,
        muscles.point
    from muscles
    inner join muscle_sides
        on muscles.muscle = muscle_sides.muscle and muscles.side = muscle_sides.side
),

averaged as (
    select
        cell_pair_changes.cell_index,
        side_points.muscle_side,
        cast(count(*) as integer) as points,
        avg(cell_pair_changes.mean_change) as mean_change,
        avg(cell_pair_changes.mean_abs_change) as mean_abs_change,
        avg(cell_pair_changes.mean_change_from_mean) as mean_change_from_mean,
        avg(cell_pair_changes.mean_abs_change_from_mean) as mean_abs_change_from_mean
    from internal.cell_pair_changes
    inner join side_points on cell_pair_changes.point = side_points.point
    group by cell_pair_changes.cell_index, side_points.muscle_side
)

select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    muscle_sides.muscle,
    muscle_sides.side,
    averaged.points,
    averaged.mean_change,
    averaged.mean_abs_change,
    averaged.mean_change_from_mean,
    averaged.mean_abs_change_from_mean
from averaged
inner join muscle_sides on averaged.muscle_side = muscle_sides.muscle_side
inner join internal.cells on averaged.cell_index = cells.cell_index
