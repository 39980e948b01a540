/*
row = "a pair of mesh points in a mask, each pair once: the half of the matrix pair_changes"
key = ["mask", "point_a", "point_b"]
materialized = "table"
internal = true
extra = "pairs"
step = "mean_pair_changes"
note = """
The change is the distance between the two points in a mask less their distance in the same
participant's reference; in the image plane or with depth, as the setting distance.dimensions says.

A Python step computes this because SQL is slower: for 309 participants a join of the points on the
cell, grouped by dense integers, took 23 s of processor time (pairs 9, points 13, without the mean
neutral face), the steps take 6 s, and a loop over SciPy's cdist takes 7 s."""

[batch]
relation = "internal.pair_faces"
column = "batch"
size = 1

[columns]
mask = ["shared", "never 00-00"]
point_a = "shared:point"
point_b = ["shared:point", """
    never before point_a; equal to it on the diagonal, where nothing changes"""]
mean_change = "shared:pair_mean_change"
mean_abs_change = "shared:pair_mean_abs_change"
sd_change = "shared:pair_sd_change"
participants = ["shared", "those whose mask and reference have every coordinate"]
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
from internal.pair_faces
