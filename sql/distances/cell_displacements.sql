/*
row = "a mesh point of a mask, and how far it lies from the same participant's neutral face"
key = ["cell_index", "point"]
materialized = "view"
internal = true
note = """
For queries by name use the view neutral_distances. This is a view because subtracting anew is
quicker than storing: reading it costs a fifth of what writing two million rows of five numbers
would, and analysed_distances stores the one distance that the results use."""

[columns]
cell_index = ["shared", "every mask but the reference"]
point = "shared"
distance = "shared"
distance_3d = "shared"
dx = "shared"
dy = "shared"
dz = "shared"
*/
with displacements as (
    -- One flat join, so that the engine begins with the few cells that a question is about.
    select
        compared_cells.cell_index,
        face.point,
        face.x - neutral.x as dx,
        face.y - neutral.y as dy,
        face.z - neutral.z as dz
    from compared_cells
    inner join cell_points as face on compared_cells.cell_index = face.cell_index
    inner join cell_points as neutral
        on compared_cells.neutral_index = neutral.cell_index and face.point = neutral.point
    where face.point < 468
)

select
    cell_index,
    point,
    sqrt(dx * dx + dy * dy) as distance,
    sqrt(dx * dx + dy * dy + dz * dz) as distance_3d,
    dx,
    dy,
    dz
from displacements
