-- description = "How far each mask would seem to move by noise alone, the most first"
-- people = ["participants"]

select
    mask,
    participants,
    noise_distance
from noise_floor
where grouping = 'mesh' and noise_distance is not null
order by noise_distance desc, mask asc
