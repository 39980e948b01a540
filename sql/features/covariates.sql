/*
row = "what is known of a participant besides photographs and scores"
key = ["participant", "covariate"]
materialized = "table"
export = 60
note = """
Covariates come from the file given to lakehouse covariates. The head's pose is added: the mean over
the participant's usable photographs, as in mask_poses."""

[columns]
participant = "shared"
covariate = ["id", "name of the file's column, such as age; yaw, pitch or roll"]
value = ["as in the file, or deg", "a number; null for a category, or where it is missing"]
category = ["text", "a category; null for a number, or where it is missing"]
*/
with poses as (
    select
        photos.participant,
        avg(abs(photos.yaw)) as yaw,
        avg(photos.pitch) as pitch,
        avg(abs(photos.roll)) as roll
    from photos
    inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
    where photo_verdicts.usable
    group by photos.participant
),

axes as (
    select unnest(['yaw', 'pitch', 'roll']) as axis
),

poses_listed as (
    select
        poses.participant,
        axes.axis as covariate,
        case axes.axis when 'yaw' then poses.yaw when 'pitch' then poses.pitch else poses.roll end
            as value
    from poses
    cross join axes
)

select
    participant,
    covariate,
    value,
    category
from source_covariates
union all
select
    participant,
    covariate,
    value,
    cast(null as varchar) as category
from poses_listed
where value is not null
