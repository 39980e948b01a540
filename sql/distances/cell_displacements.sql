/*
row = "a mesh point of a mask, and how far it lies from the same participant's neutral face, keyed by integers"
key = ["cell_index", "point"]
materialized = "view"
note = "For queries by name use the view neutral_distances. Subtracting anew is quicker than storing: a reading costs a fifth of what writing two million rows of five numbers would, and analysed_distances keeps the one distance that the results use."

[columns]
cell_index = ["id", "the cell, as in cells; every mask but the reference"]
point = ["id", "0-467 face mesh"]
distance = ["aligned px", "in the image plane"]
distance_3d = ["aligned px", "with depth; null where the landmarks came without"]
dx = ["aligned px", "to the right"]
dy = ["aligned px", "downwards"]
dz = ["aligned px", "away from the camera"]
*/
with displacements as (
    -- One flat join: so the engine begins with the few cells that a question is about.
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
