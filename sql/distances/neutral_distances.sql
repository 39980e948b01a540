/*
row = """
a mesh point of a participant's mask, and how far it lies from the same point of the participant's
neutral face (00-00)"""
key = ["participant", "expression", "supervised", "point"]
materialized = "view"
source = "paper, section 3.2.2, figure 7"
note = """
The same as cell_displacements, by name. It is not made from that view, because through two views
the engine would subtract everybody's faces before it picks a participant."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
point = "shared"
distance = "shared"
distance_3d = "shared"
dx = "shared"
dy = "shared"
dz = "shared"
*/
with displacements as (
    select
        cells.participant,
        cells.expression,
        cells.supervised,
        cells.mask,
        face.point,
        face.x - neutral.x as dx,
        face.y - neutral.y as dy,
        face.z - neutral.z as dz
    from cells
    inner join cells as neutral_cells on cells.participant = neutral_cells.participant
    inner join mask_labels on neutral_cells.mask = mask_labels.mask
    inner join cell_points as face on cells.cell_index = face.cell_index
    inner join cell_points as neutral
        on neutral_cells.cell_index = neutral.cell_index and face.point = neutral.point
    where
        mask_labels.is_reference
        and face.point < 468
        and cells.cell_index <> neutral_cells.cell_index
)

select
    participant,
    expression,
    supervised,
    mask,
    point,
    sqrt(dx * dx + dy * dy) as distance,
    sqrt(dx * dx + dy * dy + dz * dz) as distance_3d,
    dx,
    dy,
    dz
from displacements
