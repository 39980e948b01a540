/*
row = "a mesh point of a mask, and how its distances to the other points changed"
key = ["cell_index", "point"]
materialized = "table"
internal = true
extra = "pairs"
step = "point_pair_changes"
note = """
For queries by name use the view pair_changes_by_point. A Python step computes this for the reason
that pair_changes_once gives."""

[batch]
relation = "internal.pair_faces"
column = "batch"
size = 1

[columns]
cell_index = ["shared", "every mask but the reference"]
point = "shared"
mean_change = ["aligned px", "mean over the other 467 points, from the participant's own reference"]
mean_abs_change = ["aligned px", "mean of its size, from the participant's own reference"]
mean_change_from_mean = ["aligned px", "the same from the mean of all participants' references"]
mean_abs_change_from_mean = ["aligned px", "mean of its size, from that mean"]
*/
select
    batch,
    cell_index,
    neutral_index,
    point,
    x,
    y,
    z,
    mean_x,
    mean_y,
    mean_z
from internal.pair_faces
