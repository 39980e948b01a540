/*
row = """
a mesh point of a mask with a cue, and how far it lies from the same participant's neutral face with
a cue"""
key = ["cell_index", "point"]
materialized = "table"
internal = true
note = """
For a mask without a cue the like is in analysed_distances, since there the neutral face without a
cue is the one of its own condition."""

[batch]
relation = "internal.cued_cells"
column = "cell_index"
size = 8192

[columns]
cell_index = ["shared", "with a cue, of an expression"]
point = "shared"
distance = ["aligned px", """
    from that face; in the image plane or with depth, as the setting distance.dimensions says"""]
*/
with moved as (
    select
        cued_cells.cell_index,
        face.point,
        face.x - neutral.x as dx,
        face.y - neutral.y as dy,
        case when settings.distance_dimensions = 3 then face.z - neutral.z else 0 end as dz
    from internal.cued_cells
    inner join internal.cell_points as face on cued_cells.cell_index = face.cell_index
    inner join internal.cell_points as neutral
        on cued_cells.neutral_index = neutral.cell_index and face.point = neutral.point
    cross join settings
    where face.point < 468
)

select
    cell_index,
    point,
    sqrt(dx * dx + dy * dy + dz * dz) as distance
from moved
