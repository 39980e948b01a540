/*
row = "a feature in one photograph of a participant's mask: how far it moved the way others move"
key = ["participant", "expression", "supervised", "grouping", "group_id", "place"]
materialized = "table"
internal = true
extra = "statistics"
note = """
Each photograph is compared with a neutral photograph of its own, as photo_pairs says. A point's
movement is the part of its displacement that lies along the mean displacement of all other
participants: negative where it goes the other way, and 0 on average where nothing moves, because
noise has no direction. A distance has none either, and is above 0 all the same. Of a measure that
is a distance, ratio or angle, it is the change, which has a sign of its own."""

[batch]
relation = "internal.photo_alignments"
column = "neutral_index"
size = 8192

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
grouping = "shared"
group_id = "shared"
place = ["count", "place of the photograph in its cell, from 1, as in photo_pairs"]
movement = ["px, 1 or deg", """
    mean over the group's points in aligned px, or the measure's change in its unit; null where
    nobody else shows the mask"""]
*/
with needed as (
    select distinct point
    from weighted_points
),

paired as (
    -- Each photograph with the neutral one it is compared with, as in photo_group_distances.
    select
        photo_index,
        cell_index,
        place,
        neutral_photo_index
    from internal.photo_pairs
    union all
    select
        neutral_photo_index as photo_index,
        cast(null as integer) as cell_index,
        cast(null as integer) as place,
        cast(null as integer) as neutral_photo_index
    from internal.photo_pairs
    group by photo_pairs.neutral_photo_index
),

placed as (
    select
        paired.photo_index,
        paired.cell_index,
        paired.place,
        paired.neutral_photo_index,
        placed_landmarks.point,
        placed_landmarks.x,
        placed_landmarks.y,
        case when settings.distance_dimensions = 3 then placed_landmarks.z else 0 end as z
    from placed_landmarks
    inner join needed on placed_landmarks.point = needed.point
    inner join paired on placed_landmarks.photo_index = paired.photo_index
    cross join settings
),

means as (
    -- Of the needed points only, or the engine first spreads all means over all cells.
    select
        mask,
        point,
        participants,
        dx,
        dy,
        dz
    from mean_displacements
    where point in (select needed.point from needed)
),

directions as (
    -- Which way all other participants move on average.
    select
        cells.cell_index,
        cell_displacements.point,
        means.participants > 1 as known,
        means.participants * means.dx - cell_displacements.dx as dx,
        means.participants * means.dy - cell_displacements.dy as dy,
        case
            when settings.distance_dimensions = 3
                then
                    means.participants * means.dz
                    - cell_displacements.dz
            else 0
        end as dz
    from internal.cell_displacements
    inner join internal.cells on cell_displacements.cell_index = cells.cell_index
    -- Where depth counts and nobody has it there is no mean, and no movement is known.
    left join means
        on
            cells.mask = means.mask
            and cell_displacements.point = means.point
    cross join settings
    where cell_displacements.point in (select needed.point from needed)
),

moved as (
    -- The displacement, and what of it goes that way, still to be divided by the way's length.
    select
        face.cell_index,
        face.place,
        face.point,
        directions.known,
        (face.x - neutral.x) * directions.dx
        + (face.y - neutral.y) * directions.dy
        + (face.z - neutral.z) * directions.dz as along,
        sqrt(
            directions.dx * directions.dx
            + directions.dy * directions.dy
            + directions.dz * directions.dz
        ) as length
    from placed as face
    inner join placed as neutral
        on face.neutral_photo_index = neutral.photo_index and face.point = neutral.point
    inner join directions
        on face.cell_index = directions.cell_index and face.point = directions.point
    where neutral.cell_index is null
),

of_features as (
    select
        moved.cell_index,
        weighted_points.grouping,
        weighted_points.group_id,
        moved.place,
        sum(
            weighted_points.share
            * case
                when moved.known and moved.length > 0 then moved.along / moved.length
                when moved.known and moved.length = 0 then 0.0
            end
        ) as movement
    from moved
    inner join weighted_points on moved.point = weighted_points.point
    group by
        moved.cell_index,
        weighted_points.grouping,
        weighted_points.group_id,
        moved.place
    union all
    select
        photo_pairs.cell_index,
        'measures' as grouping,
        measure_definitions.group_id,
        photo_pairs.place,
        face_measures.change as movement
    from internal.photo_pairs
    inner join internal.photo_alignments
        on photo_pairs.photo_index = photo_alignments.photo_index
    inner join internal.face_measures
        on photo_pairs.photo_index = face_measures.face_index and face_measures.face_kind = 'photo'
    inner join measure_definitions on face_measures.measure = measure_definitions.measure
    where measure_definitions.kind in ('distance', 'ratio', 'angle')
)

select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    of_features.grouping,
    of_features.group_id,
    of_features.place,
    of_features.movement
from of_features
inner join internal.cells on of_features.cell_index = cells.cell_index
