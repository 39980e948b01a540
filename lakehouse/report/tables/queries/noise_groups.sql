-- description = "How far each part of the face moves, beside what noise alone gives"
-- people = ["participants"]

select
    noise_floor.expression,
    supervised,
    noise_floor.grouping || '_' || noise_floor.group_id as part,
    participants,
    mean_distance,
    noise_distance,
    neutral_distance,
    over_noise,
    over_neutral,
    reason
from noise_floor
inner join expressions on noise_floor.expression = expressions.expression
where (grouping = 'mesh' or grouping like '%eyes') and noise_distance is not null
order by grouping = 'mesh' desc, grouping, group_id, code, supervised
