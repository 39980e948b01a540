-- description = "How many times as far as by noise each point of a mask moves, to a hundredth"
-- people = ["participants"]

select
    expression,
    supervised,
    point,
    participants,
    round(noise_distance, 2) as noise_distance,
    round(over_noise, 2) as over_noise
from point_noise
inner join mask_labels on point_noise.mask = mask_labels.mask
where noise_distance is not null
order by point_noise.mask, point
