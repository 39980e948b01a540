/*
row = "a mesh point of a participant's mask, and how its distances to all other points changed"
key = ["participant", "expression", "supervised", "point"]
materialized = "view"
extra = "pairs"
source = "paper, section 3.2.2, first approach, first item"
note = """
All four values are null where a coordinate is missing in the mask or in the face it is compared
with: where distance.dimensions is 3, in landmarks that came without depth."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
point = "shared"
mean_change = ["aligned px", """
    distance to another point in the mask less that in the participant's own reference, mean
    over the other 467 points: above 0 where the point moves away from the rest of the face"""]
mean_abs_change = ["aligned px", "mean of the size of these changes, whatever the sign"]
mean_change_from_mean = ["aligned px", """
    the same from the mean of all participants' references: how the face differs from the
    average neutral one, by what it expresses and by how it is built"""]
mean_abs_change_from_mean = ["aligned px", "mean of the size of these, whatever the sign"]
*/
select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    cell_pair_changes.point,
    cell_pair_changes.mean_change,
    cell_pair_changes.mean_abs_change,
    cell_pair_changes.mean_change_from_mean,
    cell_pair_changes.mean_abs_change_from_mean
from internal.cell_pair_changes
inner join internal.cells on cell_pair_changes.cell_index = cells.cell_index
