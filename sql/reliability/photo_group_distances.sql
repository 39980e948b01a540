/*
row = "a group of points in one photograph of a participant's mask"
key = ["participant", "expression", "supervised", "grouping", "group_id", "place"]
materialized = "table"
internal = true
note = """
The same as group_distances, but photograph by photograph, each compared with a neutral photograph
of its own as photo_pairs says. A distance between two photographs contains the noise of both, so it
is larger than the distance between two masks, which are means."""

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
place = ["count", "the photograph's place in its cell, from 1, as in photo_pairs"]
mean_distance = ["aligned px", """
    mean distance from the neutral photograph over the group's points; in the image plane or
    with depth, as the setting distance.dimensions says"""]
own_distance = ["aligned px", """
    the same from a neutral photograph of the photograph's own condition: with a cue from the one of
    the same place with a cue; null without one, and of the neutral expression with a cue"""]
*/
with numbered_groups as (
    -- Adding up by a number is quicker than by names.
    select
        grouping,
        group_id,
        point,
        dense_rank() over (order by grouping, group_id) as number
    from pav_groups
),

grouped_points as (
    -- The points that are in a group.
    select distinct point from pav_groups
),

paired as (
    -- Each photograph with the neutral one it is compared with; with a cue there is another, which
    -- is itself a photograph of a mask.
    select
        photo_pairs.photo_index,
        photo_pairs.cell_index,
        photo_pairs.place,
        photo_pairs.neutral_photo_index,
        cued_neutral.photo_index as cued_neutral_photo_index
    from internal.photo_pairs
    left join internal.cued_cells on photo_pairs.cell_index = cued_cells.cell_index
    left join internal.photo_pairs as cued_neutral
        on
            cued_cells.neutral_index = cued_neutral.cell_index
            and photo_pairs.place = cued_neutral.place
),

needed as (
    -- Photographs in one list, so that their places are computed once.
    select distinct
        neutral_photo_index as photo_index,
        cast(null as integer) as neutral_photo_index,
        cast(null as integer) as cued_neutral_photo_index,
        true as is_neutral
    from paired
    union all
    select
        photo_index,
        neutral_photo_index,
        cued_neutral_photo_index,
        false as is_neutral
    from paired
),

placed as (
    -- Where the points lie in these photographs.
    select
        needed.photo_index,
        needed.neutral_photo_index,
        needed.cued_neutral_photo_index,
        needed.is_neutral,
        placed_landmarks.point,
        placed_landmarks.x,
        placed_landmarks.y,
        case when settings.distance_dimensions = 3 then placed_landmarks.z else 0 end as z
    from placed_landmarks
    inner join grouped_points on placed_landmarks.point = grouped_points.point
    inner join needed on placed_landmarks.photo_index = needed.photo_index
    cross join settings
),

cued_neutral_faces as (
    -- Few, so that the engine need not look among all.
    select
        photo_index,
        point,
        x,
        y,
        z
    from placed
    where
        not is_neutral
        and photo_index in (select paired.cued_neutral_photo_index from paired)
),

moved as (
    -- How far each lies from the same point of the neutral photograph.
    select
        face.photo_index,
        face.point,
        face.x - neutral.x as dx,
        face.y - neutral.y as dy,
        face.z - neutral.z as dz,
        face.x - cued_neutral.x as cued_dx,
        face.y - cued_neutral.y as cued_dy,
        face.z - cued_neutral.z as cued_dz
    from placed as face
    inner join placed as neutral
        on face.neutral_photo_index = neutral.photo_index and face.point = neutral.point
    left join cued_neutral_faces as cued_neutral
        on
            face.cued_neutral_photo_index = cued_neutral.photo_index
            and face.point = cued_neutral.point
    where neutral.is_neutral
),

distances as (
    select
        photo_index,
        point,
        sqrt(dx * dx + dy * dy + dz * dz) as distance,
        sqrt(cued_dx * cued_dx + cued_dy * cued_dy + cued_dz * cued_dz) as cued_distance
    from moved
),

averaged as (
    -- The mean over each group's points.
    select
        distances.photo_index,
        numbered_groups.number,
        avg(distances.distance) as mean_distance,
        avg(distances.cued_distance) as cued_distance
    from distances
    inner join numbered_groups on distances.point = numbered_groups.point
    group by distances.photo_index, numbered_groups.number
),

names as (
    select distinct
        number,
        grouping,
        group_id
    from numbered_groups
)

select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    names.grouping,
    names.group_id,
    paired.place,
    averaged.mean_distance,
    case when cells.supervised then averaged.cued_distance else averaged.mean_distance end
        as own_distance
from averaged
inner join names on averaged.number = names.number
inner join paired on averaged.photo_index = paired.photo_index
inner join internal.cells on paired.cell_index = cells.cell_index
