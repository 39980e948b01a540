/*
row = "a group of points whose movement is followed through time"
key = ["grouping", "group_id"]
materialized = "table"
videos = true
export = 395
note = """
The face is all points of the mesh. The regions are made of the regions of points: brows; eyes, of
lids and corners; cheeks, with what lies below the eyes; nose; mouth, of lips and corners; jaw, with
chin and what lies below the lower lip. Regions overlap where a side stands beside both. The groups
of points above average are those of group_names, where there are such points."""

[columns]
grouping = "shared:dynamics_grouping"
group_id = "shared:dynamics_group_id"
name = ["id", "in features and pairs: face, mouth, left_mouth; of other groups group and number"]
name_en = ["text", "what it is called in English"]
name_pt = ["text", "what it is called in Portuguese"]
side = ["text", "left or right, the participant's own, or both"]
points = "shared:points_of_group"
group_index = ["id", "its number among the groups of all groupings"]
*/
with sizes as (
    select
        part_groups.group_index,
        cast(count(*) as integer) as points
    from internal.part_groups
    inner join internal.face_parts on part_groups.part = face_parts.part
    group by part_groups.group_index
)

select
    listed.grouping,
    cast(listed.group_id as integer) as group_id,
    listed.name,
    listed.name_en,
    listed.name_pt,
    listed.side,
    sizes.points,
    sizes.group_index
from (
    values
    ('face', 0, 0, 'face', 'whole face', 'face inteira', 'both'),
    ('regions', 0, 1, 'brows', 'eyebrows', 'sobrancelhas', 'both'),
    ('regions', 1, 2, 'eyes', 'eyes', 'olhos', 'both'),
    ('regions', 2, 3, 'cheeks', 'cheeks', 'bochechas', 'both'),
    ('regions', 3, 4, 'nose', 'nose', 'nariz', 'both'),
    ('regions', 4, 5, 'mouth', 'mouth', 'boca', 'both'),
    ('regions', 5, 6, 'jaw', 'jaw', 'mandíbula', 'both'),
    ('regions', 6, 7, 'left_brow', 'left eyebrow', 'sobrancelha esquerda', 'left'),
    ('regions', 7, 8, 'right_brow', 'right eyebrow', 'sobrancelha direita', 'right'),
    ('regions', 8, 9, 'left_eye', 'left eye', 'olho esquerdo', 'left'),
    ('regions', 9, 10, 'right_eye', 'right eye', 'olho direito', 'right'),
    ('regions', 10, 11, 'left_cheek', 'left cheek', 'bochecha esquerda', 'left'),
    ('regions', 11, 12, 'right_cheek', 'right cheek', 'bochecha direita', 'right'),
    ('regions', 12, 13, 'left_mouth', 'left side of the mouth', 'lado esquerdo da boca', 'left'),
    ('regions', 13, 14, 'right_mouth', 'right side of the mouth', 'lado direito da boca', 'right')
) as listed (grouping, group_id, group_index, name, name_en, name_pt, side)
inner join sizes on listed.group_index = sizes.group_index
where exists (select 1 from videos)
union all
select
    group_names.grouping,
    group_names.group_id,
    'group' || group_names.group_id as name,
    group_names.name_en,
    group_names.name_pt,
    group_names.side,
    group_names.points,
    100 + group_names.group_id as group_index
from group_names
inner join settings on group_names.grouping = 'kmeans' || settings.clusters_k || '_eyes'
where exists (select 1 from points_above_average) and exists (select 1 from videos)
