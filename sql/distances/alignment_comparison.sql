/*
row = "a mask under one of the methods of alignment: what the choice of method changes"
key = ["method", "expression", "supervised"]
materialized = "table"
note = """
Distances here are those of mean faces (alignment_masks) from the mean neutral face under the same
method. They show what all participants have in common, without the differences between people and
between photographs.

upper_face_size and its spread are computed for each person. A size below 1 means that the method
shrinks the face in this mask. A large spread means that the method enlarges and shrinks faces by
chance, as neutral_scale does where the camera moved.

A mask is left out if nobody who shows it has a neutral one. Where only some have one, the mean
faces are of all, so their distance holds how the build of the others differs."""

[columns]
method = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
participants = ["count", "participants in upper_face_size: with a neutral mask of their own"]
mean_shift = ["aligned px", """
    distance from the neutral face, mean over the mesh; in the image plane or with depth, as the
    setting distance.dimensions says"""]
lower_face_shift = ["aligned px", """
    the same over the points below the nose: those below point 2 in the neutral face of the
    method paper"""]
upper_face_shift = ["aligned px", """
    the same over points that hardly move: those of procrustes_basis above the tip of the nose"""]
upper_to_lower = ["1", """
    upper_face_shift over lower_face_shift: how much of the movement appears where there is
    little"""]
chin_drop = ["aligned px", "how much lower the chin (152) lies than in the neutral face"]
upper_face_size = ["1", """
    size of the arrangement of the points of upper_face_shift (upper_size of photo_anchors,
    aligned) over that in the participant's neutral mask; mean over the participants"""]
upper_face_size_sd = ["1", """
    standard deviation of that ratio over the participants; null for one participant"""]
*/
with neutral_faces as (
    -- The mean neutral face under each method.
    select
        alignment_masks.method,
        alignment_masks.mask,
        alignment_masks.point,
        alignment_masks.x,
        alignment_masks.y,
        alignment_masks.z
    from alignment_masks
    inner join mask_labels on alignment_masks.mask = mask_labels.mask
    where mask_labels.is_reference
),

lower_face as (
    -- Points below the nose, and points that hardly move.
    select neutral_faces.point
    from neutral_faces
    inner join neutral_faces as nose on neutral_faces.method = nose.method
    where nose.method = 'paper' and nose.point = 2 and neutral_faces.y > nose.y
),

upper_face as (
    select point
    from procrustes_basis
    where upper
),

moved as (
    -- How each point of a mean mask has moved from the neutral face under the same method.
    select
        faces.method,
        faces.expression,
        faces.supervised,
        faces.mask,
        faces.point,
        faces.x - neutral_faces.x as dx,
        faces.y - neutral_faces.y as dy,
        case
            when settings.distance_dimensions = 3 then faces.z - neutral_faces.z else 0
        end as dz
    from alignment_masks as faces
    inner join neutral_faces
        on faces.method = neutral_faces.method and faces.point = neutral_faces.point
    cross join settings
    where faces.mask <> neutral_faces.mask
),

shifts as (
    -- Mean lengths over the mesh, the lower and the upper face.
    select
        moved.method,
        moved.expression,
        moved.supervised,
        moved.mask,
        avg(sqrt(moved.dx * moved.dx + moved.dy * moved.dy + moved.dz * moved.dz)) as mean_shift,
        avg(sqrt(moved.dx * moved.dx + moved.dy * moved.dy + moved.dz * moved.dz)) filter (
            where lower_face.point is not null
        ) as lower_face_shift,
        avg(sqrt(moved.dx * moved.dx + moved.dy * moved.dy + moved.dz * moved.dz)) filter (
            where upper_face.point is not null
        ) as upper_face_shift,
        max(moved.dy) filter (where moved.point = 152) as chin_drop
    from moved
    left join lower_face on moved.point = lower_face.point
    left join upper_face on moved.point = upper_face.point
    group by moved.method, moved.expression, moved.supervised, moved.mask
),

sizes as (
    -- Size of the upper face in each participant's masks.
    select
        photo_similarities.method,
        cells.participant,
        cells.mask,
        avg(photo_similarities.scale * photo_anchors.upper_size) as size
    from internal.photo_similarities
    inner join internal.photo_anchors on photo_similarities.photo_index = photo_anchors.photo_index
    inner join internal.cells on photo_similarities.cell_index = cells.cell_index
    group by photo_similarities.method, cells.participant, cells.mask
),

relative_sizes as (
    -- The same over that in the participant's neutral mask.
    select
        sizes.method,
        sizes.mask,
        sizes.size / max(case when mask_labels.is_reference then sizes.size end) over (
            partition by sizes.method, sizes.participant
        ) as size
    from sizes
    inner join mask_labels on sizes.mask = mask_labels.mask
),

mean_sizes as (
    -- Mean and spread of it over the participants.
    select
        method,
        mask,
        avg(size) as upper_face_size,
        stddev_samp(size) as upper_face_size_sd,
        cast(count(size) as integer) as participants
    from relative_sizes
    group by method, mask
)

select
    shifts.method,
    shifts.expression,
    shifts.supervised,
    shifts.mask,
    mean_sizes.participants,
    shifts.mean_shift,
    shifts.lower_face_shift,
    shifts.upper_face_shift,
    shifts.upper_face_shift / nullif(shifts.lower_face_shift, 0) as upper_to_lower,
    shifts.chin_drop,
    mean_sizes.upper_face_size,
    mean_sizes.upper_face_size_sd
from shifts
inner join mean_sizes
    on shifts.method = mean_sizes.method and shifts.mask = mean_sizes.mask
where mean_sizes.participants > 0
