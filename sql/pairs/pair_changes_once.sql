/*
row = "a pair of mesh points in a mask, each pair once: the half of the matrix pair_changes"
key = ["mask", "point_a", "point_b"]
materialized = "table"
extra = "pairs"
step = "mean_pair_changes"
note = "The change is the distance between the two points in a mask less the same in the same participant's reference; in the image plane or with depth, as the setting distance.dimensions says. A step, not SQL: a join of the points on the cell, grouped by dense integers, took 23 s of processor time for 309 participants (pairs 9, points 13, without the mean neutral face), the steps take 6, a loop over SciPy's cdist 7."

[batch]
relation = "pair_faces"
column = "batch"
size = 1

[columns]
mask = ["id", "label of expression and condition, such as 05-00; never 00-00"]
point_a = ["id", "0-467 face mesh"]
point_b = ["id", "0-467 face mesh, never before point_a; equal to it on the diagonal, where nothing changes"]
mean_change = ["aligned px", "mean over the participants: above 0 where the points move apart"]
mean_abs_change = ["aligned px", "mean over the participants of its size, whatever the sign"]
participants = ["count", "participants in the means: those whose mask and reference have every coordinate"]
*/
select
    batch,
    cell_index,
    neutral_index,
    mask,
    point,
    x,
    y,
    z
from pair_faces
