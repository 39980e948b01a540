/*
rule = "noise is not negative, and there is either a ratio of movement to noise or a reason why not"
violations = [
    "update point_noise set noise_distance = -1 where point = 3",
    "update point_noise set over_noise = 'nan' where point = 3",
    "update noise_floor set over_noise = null where group_id = 7",
    "update noise_floor set reason = 'none' where grouping = 'mesh'",
]
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
    noise_distance < 0 or (over_noise < 0 and grouping <> 'measures')
    or isnan(noise_distance) or isnan(over_noise)
    or (over_noise is null) <> (reason is not null)
