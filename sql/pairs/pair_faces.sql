/*
row = "a mesh point of a face that enters the pairs"
key = ["batch", "cell_index", "point"]
materialized = "view"
internal = true
extra = "pairs"
note = """
The steps of pair_changes_once and cell_pair_changes read this view in batches of 64 participants,
so that memory does not grow with the study. The face that stands for missing neutral ones, 0 of
reference_faces, is in every batch that needs it."""

[columns]
batch = ["id", "the participant's batch, from 0"]
cell_index = ["shared", "the reference too; 0 for the face that stands for missing ones"]
neutral_index = ["id", "the face that it is compared with, as in reference_faces"]
mask = ["shared", "null for face 0"]
point = "shared"
x = ["aligned px", "in the face"]
y = ["aligned px", "in the face"]
z = ["aligned px", "in the face; null where the landmarks came without"]
mean_x = ["aligned px", """
    in the mean of all participants' reference masks; null where nobody has one"""]
mean_y = ["aligned px", "in that mean"]
mean_z = ["aligned px", "in that mean; null where nobody's landmarks came with depth"]
*/
with chosen as (
    -- Cells that are compared, and those of the reference.
    select
        cells.cell_index,
        cells.participant,
        cells.mask,
        coalesce(compared_cells.neutral_index, cells.cell_index) as neutral_index
    from internal.cells
    left join internal.compared_cells on cells.cell_index = compared_cells.cell_index
    where cells.mask = '00-00' or compared_cells.cell_index is not null
),

people as (
    select distinct participant
    from chosen
),

numbered as (
    select
        participant,
        row_number() over (order by participant) as place
    from people
),

batched as (
    select
        chosen.cell_index,
        chosen.mask,
        chosen.neutral_index,
        cast(floor((numbered.place - 1) / 64) as integer) as batch
    from chosen
    inner join numbered on chosen.participant = numbered.participant
),

needed as (
    -- The batches with somebody who has no neutral face.
    select distinct batch
    from batched
    where neutral_index = 0
),

faces as (
    select
        batched.batch,
        batched.cell_index,
        batched.neutral_index,
        batched.mask,
        cell_points.point,
        cell_points.x,
        cell_points.y,
        cell_points.z
    from internal.cell_points
    inner join batched on cell_points.cell_index = batched.cell_index
    where cell_points.point < 468
    union all
    select
        needed.batch,
        reference_faces.neutral_index as cell_index,
        reference_faces.neutral_index,
        cast(null as varchar) as mask,
        reference_faces.point,
        reference_faces.x,
        reference_faces.y,
        reference_faces.z
    from internal.reference_faces
    cross join needed
    where reference_faces.neutral_index = 0 and reference_faces.point < 468
),

mean_neutral as (
    -- As mean_masks has it.
    select
        cell_points.point,
        avg(cell_points.x) as x,
        avg(cell_points.y) as y,
        avg(cell_points.z) as z
    from internal.cell_points
    inner join internal.cells on cell_points.cell_index = cells.cell_index
    where cells.mask = '00-00' and cell_points.point < 468
    group by cell_points.point
)

select
    faces.batch,
    faces.cell_index,
    faces.neutral_index,
    faces.mask,
    faces.point,
    faces.x,
    faces.y,
    faces.z,
    mean_neutral.x as mean_x,
    mean_neutral.y as mean_y,
    mean_neutral.z as mean_z
from faces
left join mean_neutral on faces.point = mean_neutral.point
