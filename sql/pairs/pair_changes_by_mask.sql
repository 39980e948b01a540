/*
row = """
a participant's mask: how much its shape differs from the neutral face, all points against all"""
key = ["participant", "expression", "supervised"]
materialized = "table"
extra = "pairs"
source = "paper, section 3.2.2, first approach: the few numbers that represent a person's mask"
note = """
The values are means over the 109,278 pairs of mesh points, which is the mean of
pair_changes_by_point. Unlike neutral_distances they depend neither on where the face lies nor on
how it is turned."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
mean_change = ["shared", "above 0 where the face grows"]
mean_abs_change = "shared"
mean_change_from_mean = "shared"
mean_abs_change_from_mean = "shared"
*/
with averaged as (
    select
        cell_index,
        avg(mean_change) as mean_change,
        avg(mean_abs_change) as mean_abs_change,
        avg(mean_change_from_mean) as mean_change_from_mean,
        avg(mean_abs_change_from_mean) as mean_abs_change_from_mean
    from internal.cell_pair_changes
    group by cell_index
)

select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    averaged.mean_change,
    averaged.mean_abs_change,
    averaged.mean_change_from_mean,
    averaged.mean_abs_change_from_mean
from averaged
inner join internal.cells on averaged.cell_index = cells.cell_index
