/*
rule = "a point is a PAV point if and only if it is above average in every mask but the reference"
violations = [
    "delete from points_above_average where point = 200",
    "insert into points_above_average values (3, 3, 1.0)",
    "insert into points_above_average values (477, 3, 1.0)",
    "update points_above_average set masks_above = 2 where point = 200",
]
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
