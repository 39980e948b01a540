/*
row = "a mesh point of a face that enters the pairs"
key = ["cell_index", "point"]
materialized = "view"
internal = true
extra = "pairs"
note = """
The steps of pair_changes_once and cell_pair_changes read this view in batches of 64 participants,
so that memory does not grow with the study."""

[columns]
batch = ["id", "the participant's batch, from 0"]
cell_index = ["shared", "the reference too"]
neutral_index = ["id", "the same participant's reference"]
mask = "shared"
point = "shared"
x = ["aligned px", "in the participant's mask"]
y = ["aligned px", "in the participant's mask"]
z = ["aligned px", "in the participant's mask; null where the landmarks came without"]
mean_x = ["aligned px", "in the mean of all participants' reference masks"]
mean_y = ["aligned px", "in that mean"]
mean_z = ["aligned px", "in that mean; null where nobody's landmarks came with depth"]
*/
with neutral_cells as (
    select
        cells.participant,
        cells.cell_index,
        cast(
            floor((row_number() over (order by cells.cell_index) - 1) / 64) as integer
        ) as batch
    from cells
    inner join mask_labels on cells.mask = mask_labels.mask
    where mask_labels.is_reference
),

faces as (
    select
        neutral_cells.batch,
        cells.cell_index,
        neutral_cells.cell_index as neutral_index,
        cells.mask
    from cells
    inner join neutral_cells on cells.participant = neutral_cells.participant
),

mean_neutral as (
    select
        mean_masks.point,
        mean_masks.x,
        mean_masks.y,
        mean_masks.z
    from mean_masks
    inner join mask_labels on mean_masks.mask = mask_labels.mask
    where mask_labels.is_reference
)

select
    faces.batch,
    faces.cell_index,
    faces.neutral_index,
    faces.mask,
    cell_points.point,
    cell_points.x,
    cell_points.y,
    cell_points.z,
    mean_neutral.x as mean_x,
    mean_neutral.y as mean_y,
    mean_neutral.z as mean_z
from cell_points
inner join faces on cell_points.cell_index = faces.cell_index
inner join mean_neutral on cell_points.point = mean_neutral.point
where cell_points.point < 468
