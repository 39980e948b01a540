-- description = "How many times as far as by noise each point of a mask moves, to a hundredth"
-- people = ["participants"]

select
    mask_labels.expression,
    mask_labels.supervised,
    point_noise.point,
    point_noise.participants,
    round(point_noise.noise_distance, 2) as noise_distance,
    round(point_noise.over_noise, 2) as over_noise
from point_noise
inner join mask_labels on point_noise.mask = mask_labels.mask
where point_noise.noise_distance is not null
order by point_noise.mask, point_noise.point
