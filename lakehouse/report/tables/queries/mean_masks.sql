-- description = "Place of every mesh point in every mask's mean, in whole tenths of a pixel"
-- people = ["participants"]

select
    expression,
    supervised,
    point,
    round(x, 1) as x,
    round(y, 1) as y,
    participants
from mean_masks
where point < 468
order by mask, point
