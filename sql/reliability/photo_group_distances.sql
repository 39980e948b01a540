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
with grouped_points as (
    -- The points that are in a group.
    select distinct point from pav_groups
),

with_cued_neutral as (
    -- Each photograph with a cue has another neutral one, which is itself a photograph of a mask.
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

paired as (
    -- Each photograph with the neutral one it is compared with. The neutral ones are listed too,
    -- without a partner, so that the engine has a single way to join.
    select
        photo_index,
        cell_index,
        place,
        neutral_photo_index,
        cued_neutral_photo_index
    from with_cued_neutral
    union all
    select distinct
        neutral_photo_index as photo_index,
        cast(null as integer) as cell_index,
        cast(null as integer) as place,
        cast(null as integer) as neutral_photo_index,
        cast(null as integer) as cued_neutral_photo_index
    from internal.photo_pairs
),

placed as (
    -- Where the points lie in these photographs.
    select
        paired.photo_index,
        paired.cell_index,
        paired.place,
        paired.neutral_photo_index,
        paired.cued_neutral_photo_index,
        placed_landmarks.point,
        placed_landmarks.x,
        placed_landmarks.y,
        case when settings.distance_dimensions = 3 then placed_landmarks.z else 0 end as z
    from placed_landmarks
    inner join grouped_points on placed_landmarks.point = grouped_points.point
    inner join paired on placed_landmarks.photo_index = paired.photo_index
    cross join settings
),

moved as (
    -- How far each lies from the same point of the neutral photograph.
    select
        face.cell_index,
        face.place,
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
    left join placed as cued_neutral
        on
            face.cued_neutral_photo_index = cued_neutral.photo_index
            and face.point = cued_neutral.point
),

averaged as (
    -- The mean over each group's points.
    select
        moved.cell_index,
        moved.place,
        pav_groups.grouping,
        pav_groups.group_id,
        avg(sqrt(moved.dx * moved.dx + moved.dy * moved.dy + moved.dz * moved.dz))
            as mean_distance,
        avg(
            sqrt(
                moved.cued_dx * moved.cued_dx
                + moved.cued_dy * moved.cued_dy
                + moved.cued_dz * moved.cued_dz
            )
        ) as cued_distance
    from moved
    inner join pav_groups on moved.point = pav_groups.point
    group by moved.cell_index, moved.place, pav_groups.grouping, pav_groups.group_id
)

select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    averaged.grouping,
    averaged.group_id,
    averaged.place,
    averaged.mean_distance,
    case when cells.supervised then averaged.cued_distance else averaged.mean_distance end
        as own_distance
from averaged
inner join internal.cells on averaged.cell_index = cells.cell_index
