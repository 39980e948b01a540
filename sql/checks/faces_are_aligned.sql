/*
rule = """
every aligned photograph is as its method promises, to a millionth of a pixel: paper and
neutral_scale put the forehead at (1250, 25) and level the eyes; paper puts the chin 1500 from the
forehead, neutral_scale 1500 on average over a participant's neutral photographs; under procrustes
no other turn, scale or shift would bring the basis nearer to the canonical face"""
violations = [
    """
        update internal.photo_alignments
        set scaled_sin = scaled_sin + 1e-3 where photo_index = (select
        min(photo_index) from internal.photo_alignments)""",
    """
        update internal.photo_alignments
        set scaled_cos = scaled_cos * 1.001, scaled_sin = scaled_sin *
        1.001 where photo_index = (select min(photo_index) from internal.photo_alignments)""",
    "update internal.photo_alignments set offset_x = offset_x + 1e-5",
    "update internal.photo_alignments set scaled_cos = null",
    "delete from internal.photo_points where point = 133",
]
*/
with anchors as (
    -- Where the points that the methods promise something of lie in each aligned photograph.
    select
        photo_index,
        max(x) filter (where point = 10) as forehead_x,
        max(y) filter (where point = 10) as forehead_y,
        max(x) filter (where point = 152) as chin_x,
        max(y) filter (where point = 152) as chin_y,
        max(y) filter (where point = 133) as right_eye_y,
        max(y) filter (where point = 362) as left_eye_y
    from internal.aligned_points
    where point in (10, 133, 152, 362)
    group by photo_index
),

measured as (
    -- How far they lie from where paper and neutral_scale put them.
    select
        anchors.photo_index,
        photos.participant,
        mask_labels.is_reference,
        settings.alignment_method as method,
        sqrt(
            power(anchors.forehead_x - 1250, 2) + power(anchors.forehead_y - 25, 2)
        ) as forehead_off,
        abs(anchors.right_eye_y - anchors.left_eye_y) as eyes_off,
        sqrt(
            power(anchors.chin_x - anchors.forehead_x, 2)
            + power(anchors.chin_y - anchors.forehead_y, 2)
        ) as face_height
    from anchors
    inner join photos on anchors.photo_index = photos.photo_index
    inner join internal.photo_verdicts on anchors.photo_index = photo_verdicts.photo_index
    inner join mask_labels on photo_verdicts.mask = mask_labels.mask
    cross join settings
),

basis_centre as (
    -- The centre of the canonical basis.
    select
        sum(weight) as weight,
        sum(weight * x) / sum(weight) as x,
        sum(weight * y) / sum(weight) as y
    from procrustes_basis
),

fitted as (
    -- Under procrustes, the points of the basis relative to that centre.
    select
        aligned_points.photo_index,
        procrustes_basis.weight / basis_centre.weight as share,
        aligned_points.x - basis_centre.x as x,
        aligned_points.y - basis_centre.y as y,
        procrustes_basis.x - basis_centre.x as basis_x,
        procrustes_basis.y - basis_centre.y as basis_y
    from internal.aligned_points
    inner join procrustes_basis on aligned_points.point = procrustes_basis.point
    cross join basis_centre
    cross join settings
    where settings.alignment_method = 'procrustes'
),

fits as (
    -- The fit of the aligned face to the canonical one, once more.
    select
        photo_index,
        sum(share) as points,
        sum(share * x) as x,
        sum(share * y) as y,
        sum(share * (x * x + y * y)) - power(sum(share * x), 2)
        - power(sum(share * y), 2) as spread,
        sum(share * (x * basis_x + y * basis_y)) as along,
        sum(share * (y * basis_x - x * basis_y)) as across
    from fitted
    group by photo_index
),

promises as (
    -- Every promise of every photograph, and by how much it is missed.
    select
        photo_index,
        'the forehead lies at (1250, 25)' as promise,
        forehead_off as off
    from measured
    where method in ('paper', 'neutral_scale')
    union all
    select
        photo_index,
        'the eyes are level' as promise,
        eyes_off as off
    from measured
    where method in ('paper', 'neutral_scale')
    union all
    select
        photo_index,
        'the chin lies 1500 from the forehead' as promise,
        abs(face_height - 1500) as off
    from measured
    where method = 'paper'
    union all
    select
        min(photo_index) as photo_index,
        'the chin lies 1500 from the forehead, on average in neutral' as promise,
        abs(avg(face_height) - 1500) as off
    from measured
    where method = 'neutral_scale' and is_reference
    group by participant
    union all
    select
        photo_index,
        'the basis has the centre of the canonical one' as promise,
        sqrt(x * x + y * y) as off
    from fits
    union all
    -- Fitted again, a face stays: what a turn and a scale would still move its points by.
    select
        photo_index,
        'the basis is turned and scaled as fits best' as promise,
        sqrt(power(along - spread, 2) + power(across, 2)) / nullif(sqrt(abs(spread)), 0) as off
    from fits
    union all
    select
        photo_index,
        'the basis is there' as promise,
        abs(points - 1) as off
    from fits
)

select
    photos.participant,
    photos.expression,
    photos.supervised,
    photos.photo,
    promises.promise,
    promises.off
from promises
inner join photos on promises.photo_index = photos.photo_index
where not coalesce(promises.off < 1e-6, false)
