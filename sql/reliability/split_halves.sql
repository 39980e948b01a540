/*
row = "a feature, and how well halves of the photographs agree on it"
key = ["grouping", "feature"]
materialized = "table"
internal = true
extra = "statistics"
step = "split_halves"
note = """
The query gives places of points in parcels of the mask's photographs and of the neutral ones, of
participants who have as many pairs of photographs (photo_pairs) as most who have the mask, two at
least; the first ones count. Of up to three pairs a parcel is a photograph; of more, the first,
fourth, seventh and so on are the first parcel. Of a measure that is a distance, ratio or angle it
gives the values of single photographs, likewise. feature_reliability says how halves are made of
parcels."""

[batch]
relation = "internal.photo_alignments"
column = "neutral_index"
size = 8192

[columns]
grouping = "shared"
feature = "shared"
n = ["count", "participants with so many photographs"]
photos = ["count", "photographs of each face"]
split_half = "shared:split_half"
split_half_low = "shared:r_low"
split_half_high = "shared:r_high_1"
reliability = "shared:whole_reliability"
reliability_low = "shared:r_low"
reliability_high = "shared:r_high_1"
bootstraps = "shared"
*/
with numbered as (
    -- How many pairs of photographs participants have, and how many have so many.
    select
        cells.mask,
        photo_pairs.cell_index,
        max(photo_pairs.place) as pairs
    from internal.photo_pairs
    inner join internal.cells on photo_pairs.cell_index = cells.cell_index
    group by cells.mask, photo_pairs.cell_index
),

ranked as (
    select
        mask,
        pairs,
        row_number() over (partition by mask order by count(*) desc, pairs desc) as preference
    from numbered
    where pairs > 1
    group by mask, pairs
),

chosen as (
    -- Pairs that enter, with their parcels.
    select
        photo_pairs.photo_index,
        photo_pairs.neutral_photo_index,
        photo_pairs.cell_index,
        ranked.pairs,
        (photo_pairs.place - 1) % least(ranked.pairs, 3) + 1 as parcel
    from internal.photo_pairs
    inner join numbered on photo_pairs.cell_index = numbered.cell_index
    inner join ranked
        on
            numbered.mask = ranked.mask
            and numbered.pairs >= ranked.pairs
            and photo_pairs.place <= ranked.pairs
    where ranked.preference = 1
),

needed as (
    select distinct point
    from weighted_points
),

paired as (
    -- The neutral photographs are listed too, without a partner, so that the engine has a single
    -- way to join.
    select
        photo_index,
        neutral_photo_index,
        cell_index,
        pairs,
        parcel
    from chosen
    union all
    select
        neutral_photo_index as photo_index,
        cast(null as integer) as neutral_photo_index,
        cast(null as integer) as cell_index,
        cast(null as integer) as pairs,
        cast(null as integer) as parcel
    from chosen
    group by chosen.neutral_photo_index
),

placed as (
    select
        paired.photo_index,
        paired.neutral_photo_index,
        paired.cell_index,
        paired.pairs,
        paired.parcel,
        placed_landmarks.point,
        placed_landmarks.x,
        placed_landmarks.y,
        case when settings.distance_dimensions = 3 then placed_landmarks.z else 0 end as z
    from placed_landmarks
    inner join needed on placed_landmarks.point = needed.point
    inner join paired on placed_landmarks.photo_index = paired.photo_index
    cross join settings
),

spread as (
    -- A column for each parcel.
    select
        face.cell_index,
        face.pairs,
        face.point,
        avg(face.x) filter (where face.parcel = 1) as x_1,
        avg(face.y) filter (where face.parcel = 1) as y_1,
        avg(face.z) filter (where face.parcel = 1) as z_1,
        avg(face.x) filter (where face.parcel = 2) as x_2,
        avg(face.y) filter (where face.parcel = 2) as y_2,
        avg(face.z) filter (where face.parcel = 2) as z_2,
        avg(face.x) filter (where face.parcel = 3) as x_3,
        avg(face.y) filter (where face.parcel = 3) as y_3,
        avg(face.z) filter (where face.parcel = 3) as z_3,
        avg(neutral.x) filter (where face.parcel = 1) as neutral_x_1,
        avg(neutral.y) filter (where face.parcel = 1) as neutral_y_1,
        avg(neutral.z) filter (where face.parcel = 1) as neutral_z_1,
        avg(neutral.x) filter (where face.parcel = 2) as neutral_x_2,
        avg(neutral.y) filter (where face.parcel = 2) as neutral_y_2,
        avg(neutral.z) filter (where face.parcel = 2) as neutral_z_2,
        avg(neutral.x) filter (where face.parcel = 3) as neutral_x_3,
        avg(neutral.y) filter (where face.parcel = 3) as neutral_y_3,
        avg(neutral.z) filter (where face.parcel = 3) as neutral_z_3
    from placed as face
    inner join placed as neutral
        on face.neutral_photo_index = neutral.photo_index and face.point = neutral.point
    where neutral.cell_index is null
    group by face.cell_index, face.pairs, face.point
),

measured as (
    -- The same of measures that are computed from one face: their values, of no point.
    select
        chosen.cell_index,
        chosen.pairs,
        measure_definitions.group_id,
        avg(face_measures.value) filter (where chosen.parcel = 1) as x_1,
        avg(face_measures.value) filter (where chosen.parcel = 2) as x_2,
        avg(face_measures.value) filter (where chosen.parcel = 3) as x_3,
        avg(face_measures.neutral_value) filter (where chosen.parcel = 1) as neutral_x_1,
        avg(face_measures.neutral_value) filter (where chosen.parcel = 2) as neutral_x_2,
        avg(face_measures.neutral_value) filter (where chosen.parcel = 3) as neutral_x_3
    from chosen
    inner join internal.photo_alignments on chosen.photo_index = photo_alignments.photo_index
    inner join internal.face_measures
        on chosen.photo_index = face_measures.face_index and face_measures.face_kind = 'photo'
    inner join measure_definitions on face_measures.measure = measure_definitions.measure
    where measure_definitions.kind in ('distance', 'ratio', 'angle')
    group by chosen.cell_index, chosen.pairs, measure_definitions.group_id
),

of_features as (
    select
        weighted_points.grouping,
        weighted_points.group_id,
        weighted_points.share,
        false as signed,
        spread.cell_index,
        spread.pairs,
        spread.point,
        spread.x_1,
        spread.y_1,
        spread.z_1,
        spread.x_2,
        spread.y_2,
        spread.z_2,
        spread.x_3,
        spread.y_3,
        spread.z_3,
        spread.neutral_x_1,
        spread.neutral_y_1,
        spread.neutral_z_1,
        spread.neutral_x_2,
        spread.neutral_y_2,
        spread.neutral_z_2,
        spread.neutral_x_3,
        spread.neutral_y_3,
        spread.neutral_z_3
    from spread
    inner join weighted_points on spread.point = weighted_points.point
    union all
    select
        'measures' as grouping,
        measured.group_id,
        1.0 as share,
        true as signed,
        measured.cell_index,
        measured.pairs,
        cast(null as smallint) as point,
        measured.x_1,
        0.0 as y_1,
        0.0 as z_1,
        measured.x_2,
        0.0 as y_2,
        0.0 as z_2,
        measured.x_3,
        0.0 as y_3,
        0.0 as z_3,
        measured.neutral_x_1,
        0.0 as neutral_y_1,
        0.0 as neutral_z_1,
        measured.neutral_x_2,
        0.0 as neutral_y_2,
        0.0 as neutral_z_2,
        measured.neutral_x_3,
        0.0 as neutral_y_3,
        0.0 as neutral_z_3
    from measured
)

select
    group_features.grouping,
    group_features.feature,
    of_features.cell_index,
    of_features.pairs,
    of_features.point,
    of_features.share,
    of_features.signed,
    of_features.x_1,
    of_features.y_1,
    of_features.z_1,
    of_features.x_2,
    of_features.y_2,
    of_features.z_2,
    of_features.x_3,
    of_features.y_3,
    of_features.z_3,
    of_features.neutral_x_1,
    of_features.neutral_y_1,
    of_features.neutral_z_1,
    of_features.neutral_x_2,
    of_features.neutral_y_2,
    of_features.neutral_z_2,
    of_features.neutral_x_3,
    of_features.neutral_y_3,
    of_features.neutral_z_3
from of_features
inner join internal.cells on of_features.cell_index = cells.cell_index
inner join internal.group_features
    on
        cells.mask = group_features.mask
        and of_features.grouping = group_features.grouping
        and of_features.group_id = group_features.group_id
