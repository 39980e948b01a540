/*
row = """
a mesh point of a mask, and how far it lies from the face that it is compared with: the same
participant's neutral face or, for who has none, the one that quality.reference names"""
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
with faces as (
    -- First the cells, so that the engine begins with the few that a question is about, and looks
    -- their points up among the reference faces instead of spreading these over all cells.
    select
        compared_cells.cell_index,
        compared_cells.neutral_index,
        cell_points.point,
        cell_points.x,
        cell_points.y,
        cell_points.z
    from internal.cell_points
    inner join internal.compared_cells on cell_points.cell_index = compared_cells.cell_index
    where cell_points.point < 468
),

displacements as (
    select
        faces.cell_index,
        faces.point,
        faces.x - reference_faces.x as dx,
        faces.y - reference_faces.y as dy,
        faces.z - reference_faces.z as dz
    from faces
    inner join internal.reference_faces
        on
            faces.neutral_index = reference_faces.neutral_index
            and faces.point = reference_faces.point
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
