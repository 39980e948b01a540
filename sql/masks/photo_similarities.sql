/*
row = """
a photograph that enters its mask and a method of alignment: the similarity that aligns its face"""
key = ["photo_index", "method"]
materialized = "table"
internal = true
source = "paper, section 3.2.1 (alignEyes, alignFace), for the method paper"
note = """
A landmark (x, y, z) of the photo is aligned to x' = offset_x + scaled_cos x + scaled_sin y,
y' = offset_y - scaled_sin x + scaled_cos y and z' = offset_z + scale z.

paper: eyes level, forehead to chin 1500, forehead at (1250, 25). neutral_scale: the same, but all
photographs of a participant share one scale: 1500 over the mean distance from forehead to chin in
the usable photographs of the neutral mask (00-00). This assumes that the camera, its distance and
the size of its pictures stayed the same; who has no such mask has no row. procrustes: the fit of
photo_anchors."""

[columns]
photo_index = "shared"
cell_index = "shared"
method = "shared"
roll = "shared"
scale = "shared"
scaled_cos = "shared"
scaled_sin = "shared"
offset_x = "shared"
offset_y = "shared"
offset_z = "shared"
*/
with usable as (
    -- Photographs that enter a mask of an included participant.
    select
        photos.photo_index,
        cells.cell_index,
        cells.participant,
        mask_labels.is_reference
    from photos
    inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
    inner join participants on photos.participant = participants.participant
    inner join internal.cells
        on
            photos.participant = cells.participant
            and photos.expression = cells.expression
            and photos.supervised = cells.supervised
    inner join mask_labels on cells.mask = mask_labels.mask
    where photo_verdicts.usable and participants.included
),

neutral_faces as (
    -- Mean height of each participant's face in the neutral photographs, for neutral_scale.
    select
        usable.participant,
        avg(photo_anchors.face_height) as face_height
    from usable
    inner join internal.photo_anchors on usable.photo_index = photo_anchors.photo_index
    where usable.is_reference
    group by usable.participant
),

basis_centre as (
    -- Centre of the canonical points, for procrustes.
    select
        sum(weight * x) / sum(weight) as x,
        sum(weight * y) / sum(weight) as y,
        sum(weight * z) / sum(weight) as z
    from procrustes_basis
),

pinned as (
    -- Of each method, turn and scale, and a point of the photo (from) with the place of the canvas
    -- where it comes to lie (to).
    select
        usable.photo_index,
        usable.cell_index,
        'paper' as method,
        photo_anchors.eye_roll as roll,
        1500.0 / photo_anchors.face_height as scale,
        photo_anchors.forehead_x as from_x,
        photo_anchors.forehead_y as from_y,
        photo_anchors.forehead_z as from_z,
        1250.0 as to_x,
        25.0 as to_y,
        0.0 as to_z
    from usable
    inner join internal.photo_anchors on usable.photo_index = photo_anchors.photo_index
    union all
    select
        usable.photo_index,
        usable.cell_index,
        'neutral_scale' as method,
        photo_anchors.eye_roll as roll,
        1500.0 / neutral_faces.face_height as scale,
        photo_anchors.forehead_x as from_x,
        photo_anchors.forehead_y as from_y,
        photo_anchors.forehead_z as from_z,
        1250.0 as to_x,
        25.0 as to_y,
        0.0 as to_z
    from usable
    inner join internal.photo_anchors on usable.photo_index = photo_anchors.photo_index
    inner join neutral_faces on usable.participant = neutral_faces.participant
    union all
    select
        usable.photo_index,
        usable.cell_index,
        'procrustes' as method,
        degrees(atan2(photo_anchors.fit_sin, photo_anchors.fit_cos)) as roll,
        sqrt(power(photo_anchors.fit_cos, 2) + power(photo_anchors.fit_sin, 2)) as scale,
        photo_anchors.centre_x as from_x,
        photo_anchors.centre_y as from_y,
        photo_anchors.centre_z as from_z,
        basis_centre.x as to_x,
        basis_centre.y as to_y,
        basis_centre.z as to_z
    from usable
    inner join internal.photo_anchors on usable.photo_index = photo_anchors.photo_index
    cross join basis_centre
),

turned as (
    -- Turn and scale as the factors of x and y.
    select
        photo_index,
        cell_index,
        method,
        roll,
        scale,
        scale * cos(radians(roll)) as scaled_cos,
        scale * sin(radians(roll)) as scaled_sin,
        from_x,
        from_y,
        from_z,
        to_x,
        to_y,
        to_z
    from pinned
)

-- The offsets that bring the points of the photo to their places.
select
    photo_index,
    cell_index,
    method,
    roll,
    scale,
    scaled_cos,
    scaled_sin,
    to_x - scaled_cos * from_x - scaled_sin * from_y as offset_x,
    to_y + scaled_sin * from_x - scaled_cos * from_y as offset_y,
    to_z - scale * from_z as offset_z
from turned
