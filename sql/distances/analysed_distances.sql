/*
row = "a mesh point of a mask, and the one distance that the results use"
key = ["cell_index", "point"]
materialized = "table"
internal = true

[batch]
relation = "internal.cell_displacements"
column = "cell_index"
size = 8192
numbers = "internal.compared_cells"

[columns]
cell_index = ["shared", "every mask but the reference"]
point = "shared"
distance = ["aligned px", """
    in the image plane or with depth, as the setting distance.dimensions says"""]
*/
select
    cell_displacements.cell_index,
    cell_displacements.point,
    case
        when settings.distance_dimensions = 3 then cell_displacements.distance_3d
        else cell_displacements.distance
    end as distance
from internal.cell_displacements
cross join settings
