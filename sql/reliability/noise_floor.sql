/*
row = """
a group of points, or a measure, in a mask: how far it moves, beside how far it would seem to if
nothing moved"""
key = ["mask", "grouping", "group_id"]
materialized = "table"
export = 220
extra = "statistics"
note = """
The values are means of point_noise, which says how noise is found, over the group's points. The row
of 00-01 shows whether a face that was asked to do nothing moves more than noise. The grouping mesh
is the whole face.

Values of the grouping measures are in the measure's unit (measure_definitions), and mean_distance
is the mean change. Noise of a movement is that of its points. That of the other kinds follows from
the changes between a participant's photographs and the neutral ones (photo_measures): their
variance over their number is that of noise in the participant's change. Were it normal, the size of
the change would be noise_distance on average where nothing moved."""

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
over_noise = ["shared", "of a measure, negative where the measure falls"]
over_neutral = ["shared", """
    null where there is none, where the build of faces counts, and of measures"""]
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

of_groups as (
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
),

variances as (
    -- Of noise in a participant's change.
    select
        mask,
        measure,
        var_samp(change) / count(*) as variance
    from photo_measures
    where change is not null
    group by participant, mask, measure
    having count(*) > 1
),

noise_of_measures as (
    select
        variances.mask,
        variances.measure,
        count(*) as participants,
        sqrt(avg(variances.variance) * 2 / pi()) as noise
    from variances
    inner join measure_definitions on variances.measure = measure_definitions.measure
    where measure_definitions.kind <> 'movement'
    group by variances.mask, variances.measure
    union all
    select
        point_noise.mask,
        measure_points.measure,
        max(point_noise.participants) as participants,
        avg(point_noise.noise_distance) as noise
    from point_noise
    inner join measure_points on point_noise.point = measure_points.point
    inner join measure_definitions on measure_points.measure = measure_definitions.measure
    where measure_definitions.kind = 'movement'
    group by point_noise.mask, measure_points.measure
),

changed as (
    select
        measures.mask,
        expressions.code = '00' as is_neutral,
        measures.measure,
        avg(measures.change) as change
    from measures
    inner join expressions on measures.expression = expressions.expression
    group by measures.mask, expressions.code, measures.measure
),

averaged as (
    select
        mask,
        grouping,
        group_id,
        participants,
        mean_distance,
        noise_distance,
        neutral_distance
    from of_groups
    union all
    select
        changed.mask,
        'measures' as grouping,
        measure_definitions.group_id,
        cast(coalesce(noise_of_measures.participants, 0) as integer) as participants,
        changed.change as mean_distance,
        noise_of_measures.noise as noise_distance,
        still.change as neutral_distance
    from changed
    inner join measure_definitions on changed.measure = measure_definitions.measure
    left join noise_of_measures
        on
            changed.mask = noise_of_measures.mask
            and changed.measure = noise_of_measures.measure
    left join changed as still on changed.measure = still.measure and still.is_neutral
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
        when
            averaged.neutral_distance > 1e-6
            and averaged.grouping <> 'measures'
            and mask_averages.without_own_neutral = 0
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
