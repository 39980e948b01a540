-- description = "Where each point lies on the mean neutral face, or on the first mask there is"

select
    point,
    x,
    y
from mean_masks
where mask = (select min(mask) from mean_masks)
order by point
