/*
row = "a point of a mask, keyed by integers"
key = ["cell_index", "point"]
materialized = "table"
note = "For queries by name use the view masks."

[batch]
relation = "photo_alignments"
column = "cell_index"
size = 8192

[columns]
cell_index = ["id", "the cell, as in cells"]
point = ["id", "0-467 face mesh, 468-477 irises"]
x = ["aligned px", "mean over the cell's usable photographs"]
y = ["aligned px", "mean over the cell's usable photographs"]
z = ["aligned px", "mean over the cell's usable photographs"]
photos = ["count", "photographs in the mean"]
*/
select
    cell_index,
    point,
    avg(x) as x,
    avg(y) as y,
    avg(z) as z,
    cast(count(*) as integer) as photos
from placed_landmarks
group by cell_index, point
