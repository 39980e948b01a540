/*
row = "a measure of a movement's course, of a group of points: what is a feature in each mask"
key = ["group_id"]
materialized = "table"
videos = true
note = """
Each is a group of the grouping dynamics, so that features, correlations and their families know it
by its number. Empty in a study without videos."""

[columns]
group_id = ["id", "its number in the grouping dynamics, from 0"]
name = ["id", "measure and group, such as onset_mouth: the end of the feature's name"]
measure = ["id", "onset (rise_50_s), rise (rise_duration_s), speed (peak_speed) or amplitude"]
group_index = "shared"
unit = ["text", "of its values: s, aligned px or aligned px/s"]
name_en = ["text", "in English, such as latency, mouth"]
name_pt = ["text", "in Portuguese"]
points = "shared:points_of_group"
*/
with kinds as (
    select
        listed.place,
        listed.measure,
        listed.unit,
        listed.name_en,
        listed.name_pt
    from (
        values
        (0, 'onset', 's', 'latency', 'latência'),
        (1, 'rise', 's', 'rise time', 'tempo de subida'),
        (2, 'speed', 'aligned px/s', 'peak speed', 'velocidade máxima'),
        (3, 'amplitude', 'aligned px', 'amplitude', 'amplitude')
    ) as listed (place, measure, unit, name_en, name_pt)
),

parts as (
    select
        listed.place,
        listed.group_index,
        listed.name,
        listed.name_en,
        listed.name_pt
    from (
        values
        (0, 0, 'face', 'whole face', 'face inteira'),
        (1, 1, 'brows', 'eyebrows', 'sobrancelhas'),
        (2, 2, 'eyes', 'eyes', 'olhos'),
        (3, 5, 'mouth', 'mouth', 'boca')
    ) as listed (place, group_index, name, name_en, name_pt)
),

sizes as (
    select
        part_groups.group_index,
        cast(count(*) as integer) as points
    from internal.part_groups
    inner join internal.face_parts on part_groups.part = face_parts.part
    group by part_groups.group_index
)

select
    cast(4 * kinds.place + parts.place as integer) as group_id,
    kinds.measure || '_' || parts.name as name,
    kinds.measure,
    parts.group_index,
    kinds.unit,
    kinds.name_en || ', ' || parts.name_en as name_en,
    kinds.name_pt || ', ' || parts.name_pt as name_pt,
    sizes.points
from kinds
cross join parts
inner join sizes on parts.group_index = sizes.group_index
where exists (select 1 from videos)
