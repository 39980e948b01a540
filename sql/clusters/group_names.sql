/*
row = "a group of points, and what it is called in English and in Portuguese"
key = ["grouping", "group_id"]
materialized = "table"
export = 145
note = """
The name follows from where the group's points lie. Their regions (points) are counted. The region
with most of them stands first, and a second one that has at least half as many is named beside it.
The side is named if three quarters of the points lie on it. Where two groups of a grouping would
have the same name, a third region is added, and where that does not tell them apart their
number. Measures are called as lakehouse.toml says."""

[columns]
grouping = ["shared", "mesh: all points of the face in one group"]
group_id = ["shared", "0 in mesh"]
name_en = ["text", "such as left corner of the mouth; different within a grouping"]
name_pt = ["text", "such as canto esquerdo da boca"]
side = ["text", "left or right, the participant's own; both where neither has three quarters"]
points = "shared:points_of_group"
*/
with grouped as (
    select
        pav_groups.grouping,
        pav_groups.group_id,
        points.region,
        points.side
    from pav_groups
    inner join points on pav_groups.point = points.point
),

sides as (
    -- On which side three quarters of the points lie.
    select
        grouping,
        group_id,
        count(*) as points,
        case
            when 4 * count(*) filter (where side = 'left') >= 3 * count(*) then 'left'
            when 4 * count(*) filter (where side = 'right') >= 3 * count(*) then 'right'
            else 'both'
        end as side
    from grouped
    group by grouping, group_id
),

counted as (
    select
        grouping,
        group_id,
        region,
        count(*) as points
    from grouped
    group by grouping, group_id, region
),

ranked as (
    -- Regions of a group, that of most points first.
    select
        counted.grouping,
        counted.group_id,
        counted.region,
        counted.points,
        max(counted.points) over (partition by counted.grouping, counted.group_id) as most,
        row_number() over (
            partition by counted.grouping, counted.group_id
            order by counted.points desc, face_regions.place asc
        ) as place
    from counted
    inner join internal.face_regions on counted.region = face_regions.region
),

worded as (
    -- Their words: the first says the side, unless the group lies on both.
    select
        ranked.grouping,
        ranked.group_id,
        ranked.place,
        2 * ranked.points >= ranked.most as counts,
        case
            when sides.side = 'both' then face_regions.both_en
            when ranked.place > 1 then face_regions.part_en
            when sides.side = 'left' then face_regions.left_en
            else replace(face_regions.left_en, 'left', 'right')
        end as word_en,
        case
            when sides.side = 'both' then face_regions.both_pt
            when ranked.place > 1 then face_regions.part_pt
            when sides.side = 'left' then face_regions.left_pt
            else replace(face_regions.left_pt, 'esquerd', 'direit')
        end as word_pt
    from ranked
    inner join internal.face_regions on ranked.region = face_regions.region
    inner join sides on ranked.grouping = sides.grouping and ranked.group_id = sides.group_id
),

parts as (
    -- The words of a group beside each other; empty texts where there are fewer.
    select
        grouping,
        group_id,
        max(case when place = 1 then word_en end) as first_en,
        max(case when place = 1 then word_pt end) as first_pt,
        coalesce(max(case when place = 2 and counts then ' and ' || word_en end), '') as second_en,
        coalesce(max(case when place = 2 and counts then ' e ' || word_pt end), '') as second_pt,
        case when max(place) > 2 then ', ' else ' and ' end
        || max(case when place = 2 then word_en end) as further_en,
        case when max(place) > 2 then ', ' else ' e ' end
        || max(case when place = 2 then word_pt end) as further_pt,
        coalesce(max(case when place = 3 then ' and ' || word_en end), '') as third_en,
        coalesce(max(case when place = 3 then ' e ' || word_pt end), '') as third_pt
    from worded
    group by grouping, group_id
),

short as (
    select
        grouping,
        group_id,
        first_en || second_en as short_en,
        first_pt || second_pt as short_pt,
        first_en || coalesce(further_en, '') || third_en as long_en,
        first_pt || coalesce(further_pt, '') || third_pt as long_pt,
        count(*) over (partition by grouping, first_en || second_en) as so_called
    from parts
),

chosen as (
    select
        grouping,
        group_id,
        case when so_called > 1 then long_en else short_en end as name_en,
        case when so_called > 1 then long_pt else short_pt end as name_pt
    from short
),

numbered as (
    select
        grouping,
        group_id,
        name_en,
        name_pt,
        count(*) over (partition by grouping, name_en) as so_called
    from chosen
)

select
    numbered.grouping,
    numbered.group_id,
    numbered.name_en
    || case when numbered.so_called > 1 then ' (group ' || numbered.group_id || ')' else '' end
        as name_en,
    numbered.name_pt
    || case when numbered.so_called > 1 then ' (grupo ' || numbered.group_id || ')' else '' end
        as name_pt,
    sides.side,
    cast(sides.points as integer) as points
from numbered
inner join sides on numbered.grouping = sides.grouping and numbered.group_id = sides.group_id
union all
select
    'mesh' as grouping,
    0 as group_id,
    'whole face' as name_en,
    'face inteira' as name_pt,
    'both' as side,
    cast(count(*) as integer) as points
from mirror_points
union all
select
    'measures' as grouping,
    group_id,
    label_en as name_en,
    label_pt as name_pt,
    side,
    points
from measure_definitions
union all
select
    'dynamics' as grouping,
    group_id,
    name_en,
    name_pt,
    'both' as side,
    points
from dynamics_measures
