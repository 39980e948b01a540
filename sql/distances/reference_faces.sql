/*
row = "a point of a face that masks are compared with"
key = ["neutral_index", "point"]
materialized = "table"
internal = true
note = """
Every participant's own neutral face is here. Where the setting quality.reference is mean or
canonical, a face of number 0 stands for those of who has none: the mean neutral face of the others,
or MediaPipe's canonical face, which has no irises. Compared with it, a mask shows movement and,
besides, how the build of the face differs from that one."""

[columns]
neutral_index = ["id", "the cell of the face, as in cells; 0 for the face of all who have none"]
point = "shared:any_point"
x = "shared"
y = "shared"
z = "shared"
*/
select
    cells.cell_index as neutral_index,
    cell_points.point,
    cell_points.x,
    cell_points.y,
    cell_points.z
from internal.cell_points
inner join internal.cells on cell_points.cell_index = cells.cell_index
inner join mask_labels on cells.mask = mask_labels.mask
where mask_labels.is_reference
union all
select
    0 as neutral_index,
    mean_masks.point,
    mean_masks.x,
    mean_masks.y,
    mean_masks.z
from mean_masks
inner join mask_labels on mean_masks.mask = mask_labels.mask
inner join settings on settings.reference_face = 'mean'
where mask_labels.is_reference
union all
select
    0 as neutral_index,
    canonical_face.point,
    canonical_face.x,
    canonical_face.y,
    canonical_face.z
from internal.canonical_face
inner join settings on settings.reference_face = 'canonical'
