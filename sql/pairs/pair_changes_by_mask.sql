/*
row = "a participant's mask: how much its shape differs from the neutral face, all points against all"
key = ["participant", "expression", "supervised"]
materialized = "table"
extra = "pairs"
source = "paper, section 3.2.2, first approach: the few numbers that represent a person's mask"
note = "The mean over the 109,278 pairs of mesh points, and so the mean of pair_changes_by_point. Unlike neutral_distances it does not depend on where the face lies, nor on how it is turned."

[columns]
participant = ["id", "text, leading zeros kept"]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
mask = ["id", "label of expression and condition, such as 05-00; never 00-00"]
mean_change = ["aligned px", "mean change from the participant's own reference: above 0 where the face grows"]
mean_abs_change = ["aligned px", "mean size of the change from it"]
mean_change_from_mean = ["aligned px", "mean change from the mean of all participants' references"]
mean_abs_change_from_mean = ["aligned px", "mean size of the change from that mean"]
*/
with averaged as (
    select
        cell_index,
        avg(mean_change) as mean_change,
        avg(mean_abs_change) as mean_abs_change,
        avg(mean_change_from_mean) as mean_change_from_mean,
        avg(mean_abs_change_from_mean) as mean_abs_change_from_mean
    from cell_pair_changes
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
inner join cells on averaged.cell_index = cells.cell_index
