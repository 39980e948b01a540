/*
row = "a point of a mask: the mean of its photographs"
key = ["cell_index", "point"]
materialized = "table"
internal = true
note = "For queries by name use the view masks."

[batch]
relation = "internal.photo_alignments"
column = "cell_index"
size = 8192

[columns]
cell_index = "shared"
point = "shared:any_point"
x = "shared:place_in_mask"
y = "shared:place_in_mask"
z = "shared:place_in_mask"
photos = "shared"
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
