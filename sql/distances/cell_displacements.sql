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
with neutral_cells as (
    select
        cells.participant,
        cells.cell_index
    from cells
    inner join mask_labels on cells.mask = mask_labels.mask
    where mask_labels.is_reference
),

compared_cells as (
    select
        cells.cell_index,
        neutral_cells.cell_index as neutral_index
    from cells
    inner join neutral_cells on cells.participant = neutral_cells.participant
    where cells.cell_index <> neutral_cells.cell_index
),

-- Named apart, so that the engine finds these few before it joins.
neutral_points as (
    select
        cell_index,
        point,
        x,
        y,
        z
    from cell_points
    where point < 468 and cell_index in (select neutral_cells.cell_index from neutral_cells)
),

displacements as (
    select
        face.cell_index,
        face.point,
        face.x - neutral.x as dx,
        face.y - neutral.y as dy,
        face.z - neutral.z as dz
    from cell_points as face
    inner join compared_cells on face.cell_index = compared_cells.cell_index
    inner join neutral_points as neutral
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
