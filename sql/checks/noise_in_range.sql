/*
rule = "noise is not negative, and there is either a ratio of movement to noise or a reason why not"
*/
with listed as (
    select
        mask,
        'point' as grouping,
        point as group_id,
        noise_distance,
        over_noise,
        reason
    from point_noise
    union all
    select
        mask,
        grouping,
        group_id,
        noise_distance,
        over_noise,
        reason
    from noise_floor
)

select
    mask,
    grouping,
    group_id,
    noise_distance,
    over_noise,
    reason
from listed
where
    noise_distance < 0 or over_noise < 0 or isnan(noise_distance) or isnan(over_noise)
    or (over_noise is null) <> (reason is not null)
