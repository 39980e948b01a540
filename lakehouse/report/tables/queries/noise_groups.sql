-- description = "How far each part of the face moves, beside what noise alone gives"
-- people = ["participants"]

select
    expression,
    supervised,
    grouping || '_' || group_id as part,
    participants,
    mean_distance,
    noise_distance,
    neutral_distance,
    over_noise,
    over_neutral,
    reason
from noise_floor
where (grouping = 'mesh' or grouping like '%eyes') and noise_distance is not null
order by grouping = 'mesh' desc, grouping asc, group_id asc, mask asc
