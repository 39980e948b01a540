/*
rule = "a point is a PAV point if and only if it is above average in every mask but the reference"
*/
with judged as (
    select
        point,
        count(*) filter (where above_average) as masks_above,
        count(*) as masks
    from point_averages
    group by point
)

select
    coalesce(judged.point, points_above_average.point) as point,
    judged.masks_above,
    judged.masks,
    points_above_average.masks_above as masks_listed
from judged
full outer join points_above_average on judged.point = points_above_average.point
where
    coalesce(judged.masks_above = judged.masks, false) <> (points_above_average.point is not null)
    or points_above_average.masks_above <> judged.masks
