/*
rule = "coordinates of landmarks and masks are finite; only z may be missing"
*/
select
    'landmarks' as relation,
    photo_index as number,
    point,
    x,
    y,
    z
from photo_points
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
from cell_points
where
    x is null or y is null
    or not isfinite(x) or not isfinite(y) or not coalesce(isfinite(z), true)
