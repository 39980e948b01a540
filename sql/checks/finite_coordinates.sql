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
select
    'landmarks' as relation,
    photo_index as number,
    point,
    x,
    y,
    z
from internal.photo_points
where
    x is null or y is null
    or not isfinite(x) or not isfinite(y) or not coalesce(isfinite(z), true)
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
    x is null or y is null
    or not isfinite(x) or not isfinite(y) or not coalesce(isfinite(z), true)
