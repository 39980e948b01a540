-- description = "How people held the head in each mask: the median and the middle half of them"
-- people = ["people"]

select
    held.angle,
    mask_labels.expression,
    mask_labels.supervised,
    cast(count(*) as integer) as people,
    quantile_cont(held.degrees, 0.25) as lower_quartile,
    quantile_cont(held.degrees, 0.5) as median,
    quantile_cont(held.degrees, 0.75) as upper_quartile
from mask_poses
inner join mask_labels on mask_poses.mask = mask_labels.mask
cross join (
    values
    ('yaw', mask_poses.yaw),
    ('pitch', mask_poses.pitch),
    ('roll', mask_poses.roll)
) as held (angle, degrees)
where held.degrees is not null
group by held.angle, mask_labels.mask, mask_labels.expression, mask_labels.supervised
order by
    case held.angle when 'pitch' then 1 when 'yaw' then 2 else 3 end,
    mask_labels.mask
