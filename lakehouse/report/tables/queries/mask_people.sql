-- description = "How many participants enter every mask's mean"
-- people = ["participants"]

select
    expression,
    supervised,
    mask,
    participants
from mean_masks
where point = 0
order by mask
