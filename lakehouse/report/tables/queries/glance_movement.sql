-- description = "How far each mask lies from the neutral face, the farthest first"
-- people = ["participants"]

select
    expression,
    supervised,
    participants,
    mean_distance
from mask_averages
where mean_distance is not null
order by mean_distance desc, mask asc
