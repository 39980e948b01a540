/*
row = "a mesh point of a mask's mean over the participants, under one of the methods of alignment"
key = ["method", "expression", "supervised", "point"]
materialized = "table"
note = "All three methods, whichever the setting alignment.method chooses for the results; under that one these are mean_masks. An alignment is linear in the coordinates, so the mean over people of their masks is one weighted sum over photographs, and no mask has to be made."

[columns]
method = ["id", "paper, neutral_scale or procrustes"]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
mask = ["id", "label of expression and condition, such as 05-00"]
point = ["id", "0-467 face mesh"]
x = ["aligned px", "mean over the participants"]
y = ["aligned px", "mean over the participants"]
z = ["aligned px", "mean over the participants whose landmarks came with depth"]
*/
with cell_photos as (
    select
        cell_index,
        count(*) as photos,
        count(offset_z) as photos_with_depth
    from photo_similarities
    where method = 'paper'
    group by cell_index
),

mask_cells as (
    select
        cells.mask,
        count(*) as cells,
        count(*) filter (where cell_photos.photos_with_depth > 0) as cells_with_depth
    from cell_photos
    inner join cells on cell_photos.cell_index = cells.cell_index
    group by cells.mask
),

shares as (
    -- Of a photograph in the mean of its mask: people count alike, and their photographs alike.
    select
        cells.cell_index,
        cells.mask,
        1.0 / (cell_photos.photos * mask_cells.cells) as share,
        1.0 / nullif(
            cell_photos.photos_with_depth * mask_cells.cells_with_depth, 0
        ) as depth_share
    from cell_photos
    inner join cells on cell_photos.cell_index = cells.cell_index
    inner join mask_cells on cells.mask = mask_cells.mask
),

weighted as (
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
    from photo_similarities
    inner join shares on photo_similarities.cell_index = shares.cell_index
),

-- The methods beside each other, so that the landmarks are read and grouped once.
sums as (
    select
        paper.mask,
        photo_points.point,
        sum(
            paper.offset_x
            + paper.scaled_cos * photo_points.x
            + paper.scaled_sin * photo_points.y
        ) as paper_x,
        sum(
            paper.offset_y
            - paper.scaled_sin * photo_points.x
            + paper.scaled_cos * photo_points.y
        ) as paper_y,
        sum(paper.offset_z + paper.scale * photo_points.z) as paper_z,
        sum(
            neutral_scale.offset_x
            + neutral_scale.scaled_cos * photo_points.x
            + neutral_scale.scaled_sin * photo_points.y
        ) as neutral_scale_x,
        sum(
            neutral_scale.offset_y
            - neutral_scale.scaled_sin * photo_points.x
            + neutral_scale.scaled_cos * photo_points.y
        ) as neutral_scale_y,
        sum(neutral_scale.offset_z + neutral_scale.scale * photo_points.z) as neutral_scale_z,
        sum(
            procrustes.offset_x
            + procrustes.scaled_cos * photo_points.x
            + procrustes.scaled_sin * photo_points.y
        ) as procrustes_x,
        sum(
            procrustes.offset_y
            - procrustes.scaled_sin * photo_points.x
            + procrustes.scaled_cos * photo_points.y
        ) as procrustes_y,
        sum(procrustes.offset_z + procrustes.scale * photo_points.z) as procrustes_z
    from photo_points
    inner join weighted as paper
        on photo_points.photo_index = paper.photo_index and paper.method = 'paper'
    inner join weighted as neutral_scale
        on
            photo_points.photo_index = neutral_scale.photo_index
            and neutral_scale.method = 'neutral_scale'
    inner join weighted as procrustes
        on photo_points.photo_index = procrustes.photo_index and procrustes.method = 'procrustes'
    where photo_points.point < 468
    group by paper.mask, photo_points.point
),

means as (
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
