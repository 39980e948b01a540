/*
row = "a group of points in one photograph of a participant's mask"
key = ["participant", "expression", "supervised", "grouping", "group_id", "place"]
materialized = "table"
note = "As group_distances, but photograph by photograph, each against a neutral one of its own as photo_pairs says. A distance between two photographs holds the tremble of both, so it is larger than that between two masks, which are means."

[columns]
participant = ["id", "text, leading zeros kept"]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
mask = ["id", "label of expression and condition, such as 05-00; never 00-00"]
grouping = ["id", "kmeans6 or kmeans6_eyes"]
group_id = ["id", "the group, as in pav_groups"]
place = ["count", "the photograph's place in its cell, from 1, as in photo_pairs"]
mean_distance = ["aligned px", "mean distance from the neutral photograph over the group's points; in the image plane or with depth, as the setting distance.dimensions says"]
*/
with grouped_points as (
    select distinct point from pav_groups
),

placed_points as (
    select
        aligned_points.photo_index,
        aligned_points.point,
        aligned_points.x,
        aligned_points.y,
        case when settings.distance_dimensions = 3 then aligned_points.z else 0 end as z
    from aligned_points
    inner join grouped_points on aligned_points.point = grouped_points.point
    cross join settings
),

moved as (
    select
        photo_pairs.cell_index,
        photo_pairs.place,
        face.point,
        face.x - neutral.x as dx,
        face.y - neutral.y as dy,
        face.z - neutral.z as dz
    from photo_pairs
    inner join placed_points as face on photo_pairs.photo_index = face.photo_index
    inner join placed_points as neutral
        on photo_pairs.neutral_photo_index = neutral.photo_index and face.point = neutral.point
),

averaged as (
    select
        moved.cell_index,
        moved.place,
        pav_groups.grouping,
        pav_groups.group_id,
        avg(sqrt(moved.dx * moved.dx + moved.dy * moved.dy + moved.dz * moved.dz))
            as mean_distance
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
    averaged.mean_distance
from averaged
inner join cells on averaged.cell_index = cells.cell_index
