/*
row = """
a group of points in a mask: how far it moves, beside how far it would seem to if nothing moved"""
key = ["mask", "grouping", "group_id"]
materialized = "table"
export = 220
extra = "statistics"
note = """
The values are means of point_noise, which says how noise is found, over the group's points. The row
of 00-01 shows whether a face that was asked to do nothing moves more than noise. The grouping mesh
is the whole face."""

[columns]
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
grouping = ["shared", "mesh: all points of the face in one group"]
group_id = ["shared", "0 in mesh"]
participants = "shared:noise_participants"
mean_distance = "shared"
noise_distance = ["aligned px", """
    expected distance between mask and neutral face where nothing moved"""]
neutral_distance = "shared"
over_noise = "shared"
over_neutral = ["shared", "null where there is none, or the build of faces counts"]
reason = "shared:no_over_noise"
*/
with groups as (
    select
        grouping,
        group_id,
        point
    from pav_groups
    union all
    select
        'mesh' as grouping,
        0 as group_id,
        point
    from mirror_points
),

averaged as (
    select
        point_noise.mask,
        groups.grouping,
        groups.group_id,
        max(point_noise.participants) as participants,
        avg(point_noise.mean_distance) as mean_distance,
        avg(point_noise.noise_distance) as noise_distance,
        avg(point_noise.neutral_distance) as neutral_distance
    from point_noise
    inner join groups on point_noise.point = groups.point
    group by point_noise.mask, groups.grouping, groups.group_id
)

select
    mask_labels.expression,
    mask_labels.supervised,
    averaged.mask,
    averaged.grouping,
    averaged.group_id,
    averaged.participants,
    averaged.mean_distance,
    averaged.noise_distance,
    averaged.neutral_distance,
    case
        when averaged.noise_distance > 1e-6 and mask_averages.without_own_neutral = 0
            then averaged.mean_distance / averaged.noise_distance
    end as over_noise,
    case
        when averaged.neutral_distance > 1e-6 and mask_averages.without_own_neutral = 0
            then averaged.mean_distance / averaged.neutral_distance
    end as over_neutral,
    case
        when averaged.mean_distance is null then 'nobody has a distance'
        when averaged.noise_distance is null
            then 'nobody has two photographs of the mask and of the neutral face'
        when mask_averages.without_own_neutral > 0
            then 'somebody is compared with another face than the own, so its build counts'
        when averaged.noise_distance <= 1e-6 then 'the photographs do not differ'
    end as reason
from averaged
inner join mask_labels on averaged.mask = mask_labels.mask
inner join mask_averages on averaged.mask = mask_averages.mask
