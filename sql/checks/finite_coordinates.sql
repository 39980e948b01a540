/*
rule = "coordinates of landmarks and masks are finite; only z may be missing"
violations = [
    "update internal.photo_points set x = null where point = 3",
    "update internal.photo_points set y = 'nan' where point = 3",
    "update internal.photo_points set z = 'inf' where point = 3",
    "update internal.cell_points set y = null where point = 3",
    "update internal.cell_points set x = '-inf' where point = 3",
]
*/
-- What is no number is, in order, above infinity.
select
    'landmarks' as relation,
    photo_index as number,
    point,
    x,
    y,
    z
from internal.photo_points
where
    not coalesce(abs(x) < cast('infinity' as double), false)
    or not coalesce(abs(y) < cast('infinity' as double), false)
    or not coalesce(abs(z) < cast('infinity' as double), true)
union all
select
    'masks' as relation,
    cell_index as number,
    point,
    x,
    y,
    z
from internal.cell_points
where
    not coalesce(abs(x) < cast('infinity' as double), false)
    or not coalesce(abs(y) < cast('infinity' as double), false)
    or not coalesce(abs(z) < cast('infinity' as double), true)
