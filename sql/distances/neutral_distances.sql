/*
row = """
a mesh point of a participant's mask, and how far it lies from the same point of the participant's
neutral face (00-00) or, for who has none, of the face that quality.reference names"""
key = ["participant", "expression", "supervised", "point"]
materialized = "view"
source = "paper, section 3.2.2, figure 7"
note = """
The same as cell_displacements, by name. It is not made from that view, because through two views
the engine would subtract everybody's faces before it picks a participant.

Where compared_with is not own, the distances hold movement and the build of the face: how this face
would differ from the other even at rest."""

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
compared_with = "shared:face_compared_with"
*/
with faces as (
    -- First the cells, as in cell_displacements.
    select
        cells.participant,
        cells.expression,
        cells.supervised,
        cells.mask,
        compared_cells.neutral_index,
        compared_cells.compared_with,
        cell_points.point,
        cell_points.x,
        cell_points.y,
        cell_points.z
    from internal.cell_points
    inner join internal.cells on cell_points.cell_index = cells.cell_index
    inner join internal.compared_cells on cells.cell_index = compared_cells.cell_index
    where cell_points.point < 468
),

displacements as (
    select
        faces.participant,
        faces.expression,
        faces.supervised,
        faces.mask,
        faces.point,
        faces.x - reference_faces.x as dx,
        faces.y - reference_faces.y as dy,
        faces.z - reference_faces.z as dz,
        faces.compared_with
    from faces
    inner join internal.reference_faces
        on
            faces.neutral_index = reference_faces.neutral_index
            and faces.point = reference_faces.point
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
    dz,
    compared_with
from displacements
