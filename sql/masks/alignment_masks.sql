/*
row = "a mesh point of a mask's mean over the participants, under one of the methods of alignment"
key = ["method", "expression", "supervised", "point"]
materialized = "table"
note = """
The table holds all three methods, whichever the setting alignment.method chooses for the results;
under the chosen method these are mean_masks. An alignment is linear in the coordinates, so the mean
of all people's masks is one weighted sum over photographs, and no mask has to be made for it.

neutral_scale leaves out participants without a neutral face of their own, which
quality.reference may let into the results."""

[columns]
method = "shared"
expression = "shared"
supervised = "shared"
mask = "shared"
point = "shared"
x = "shared:mean_place"
y = "shared:mean_place"
z = ["aligned px", "mean over the participants whose landmarks came with depth"]
*/
with cell_photos as (
    -- Photographs of each cell. Every method aligns the same ones, but neutral_scale, which needs
    -- the participant's own neutral face.
    select
        cell_index,
        method,
        count(*) as photos,
        count(offset_z) as photos_with_depth
    from internal.photo_similarities
    group by cell_index, method
),

mask_cells as (
    -- Cells of each mask: as many as participants.
    select
        cells.mask,
        cell_photos.method,
        count(*) as cells,
        count(*) filter (where cell_photos.photos_with_depth > 0) as cells_with_depth
    from cell_photos
    inner join internal.cells on cell_photos.cell_index = cells.cell_index
    group by cells.mask, cell_photos.method
),

shares as (
    -- The weight of a photograph in the mean of its mask: people count alike, and so do the
    -- photographs of a person.
    select
        cells.cell_index,
        cells.mask,
        cell_photos.method,
        1.0 / (cell_photos.photos * mask_cells.cells) as share,
        1.0 / nullif(
            cell_photos.photos_with_depth * mask_cells.cells_with_depth, 0
        ) as depth_share
    from cell_photos
    inner join internal.cells on cell_photos.cell_index = cells.cell_index
    inner join mask_cells
        on cells.mask = mask_cells.mask and cell_photos.method = mask_cells.method
),

weighted as (
    -- The similarity of each photograph times its weight.
    select
        photo_similarities.photo_index,
        photo_similarities.method,
        shares.mask,
        shares.share * photo_similarities.scaled_cos as scaled_cos,
        shares.share * photo_similarities.scaled_sin as scaled_sin,
        shares.share * photo_similarities.offset_x as offset_x,
        shares.share * photo_similarities.offset_y as offset_y,
        shares.depth_share * photo_similarities.scale as scale,
        shares.depth_share * photo_similarities.offset_z as offset_z
    from internal.photo_similarities
    inner join shares
        on
            photo_similarities.cell_index = shares.cell_index
            and photo_similarities.method = shares.method
),

faces as (
    -- The three methods beside each other, so that the landmarks are read and grouped once.
    select
        paper.photo_index,
        paper.mask,
        paper.scaled_cos as paper_cos,
        paper.scaled_sin as paper_sin,
        paper.scale as paper_scale,
        paper.offset_x as paper_offset_x,
        paper.offset_y as paper_offset_y,
        paper.offset_z as paper_offset_z,
        neutral_scale.scaled_cos as neutral_scale_cos,
        neutral_scale.scaled_sin as neutral_scale_sin,
        neutral_scale.scale as neutral_scale_scale,
        neutral_scale.offset_x as neutral_scale_offset_x,
        neutral_scale.offset_y as neutral_scale_offset_y,
        neutral_scale.offset_z as neutral_scale_offset_z,
        procrustes.scaled_cos as procrustes_cos,
        procrustes.scaled_sin as procrustes_sin,
        procrustes.scale as procrustes_scale,
        procrustes.offset_x as procrustes_offset_x,
        procrustes.offset_y as procrustes_offset_y,
        procrustes.offset_z as procrustes_offset_z
    from weighted as paper
    inner join weighted as procrustes on paper.photo_index = procrustes.photo_index
    left join weighted as neutral_scale
        on
            paper.photo_index = neutral_scale.photo_index
            and neutral_scale.method = 'neutral_scale'
    where paper.method = 'paper' and procrustes.method = 'procrustes'
),

sums as (
    -- The weighted sums of aligned landmarks, which are the means.
    select
        faces.mask,
        numbered_landmarks.point,
        sum(
            faces.paper_offset_x
            + faces.paper_cos * numbered_landmarks.x
            + faces.paper_sin * numbered_landmarks.y
        ) as paper_x,
        sum(
            faces.paper_offset_y
            - faces.paper_sin * numbered_landmarks.x
            + faces.paper_cos * numbered_landmarks.y
        ) as paper_y,
        sum(
            faces.paper_offset_z + faces.paper_scale * numbered_landmarks.z
        ) as paper_z,
        sum(
            faces.neutral_scale_offset_x
            + faces.neutral_scale_cos * numbered_landmarks.x
            + faces.neutral_scale_sin * numbered_landmarks.y
        ) as neutral_scale_x,
        sum(
            faces.neutral_scale_offset_y
            - faces.neutral_scale_sin * numbered_landmarks.x
            + faces.neutral_scale_cos * numbered_landmarks.y
        ) as neutral_scale_y,
        sum(
            faces.neutral_scale_offset_z + faces.neutral_scale_scale * numbered_landmarks.z
        ) as neutral_scale_z,
        sum(
            faces.procrustes_offset_x
            + faces.procrustes_cos * numbered_landmarks.x
            + faces.procrustes_sin * numbered_landmarks.y
        ) as procrustes_x,
        sum(
            faces.procrustes_offset_y
            - faces.procrustes_sin * numbered_landmarks.x
            + faces.procrustes_cos * numbered_landmarks.y
        ) as procrustes_y,
        sum(
            faces.procrustes_offset_z + faces.procrustes_scale * numbered_landmarks.z
        ) as procrustes_z
    from numbered_landmarks
    inner join faces on numbered_landmarks.photo_index = faces.photo_index
    where numbered_landmarks.point < 468
    group by faces.mask, numbered_landmarks.point
),

means as (
    -- The methods below each other again.
    select
        'paper' as method,
        mask,
        point,
        paper_x as x,
        paper_y as y,
        paper_z as z
    from sums
    union all
    select
        'neutral_scale' as method,
        mask,
        point,
        neutral_scale_x as x,
        neutral_scale_y as y,
        neutral_scale_z as z
    from sums
    union all
    select
        'procrustes' as method,
        mask,
        point,
        procrustes_x as x,
        procrustes_y as y,
        procrustes_z as z
    from sums
)

select
    means.method,
    mask_labels.expression,
    mask_labels.supervised,
    means.mask,
    means.point,
    means.x,
    means.y,
    means.z
from means
inner join mask_labels on means.mask = mask_labels.mask
where means.x is not null
