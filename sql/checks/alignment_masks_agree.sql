/*
rule = """
under the method of the settings, the masks by method are the mean masks, to a millionth of a
pixel"""
violations = [
    "update alignment_masks set x = x + 1e-5 where point = 467",
    "update mean_masks set y = y - 1e-5 where point = 0",
    "update mean_masks set z = z + 1e-5 where point = 0",
    "update mean_masks set z = null where point = 0",
    "update alignment_masks set x = null where mask = '07-01'",
    "delete from alignment_masks where point = 3",
]
*/
with compared as (
    select
        mean_masks.mask,
        mean_masks.point,
        abs(alignment_masks.x - mean_masks.x) as x_off,
        abs(alignment_masks.y - mean_masks.y) as y_off,
        abs(alignment_masks.z - mean_masks.z) as z_off,
        (alignment_masks.z is null) = (mean_masks.z is null) as same_depth
    from mean_masks
    cross join settings
    left join alignment_masks
        on
            mean_masks.mask = alignment_masks.mask
            and mean_masks.point = alignment_masks.point
            and settings.alignment_method = alignment_masks.method
    where mean_masks.point < 468
)

select
    mask,
    point,
    x_off,
    y_off,
    z_off
from compared
where not (
    coalesce(x_off < 1e-6 and y_off < 1e-6, false)
    and coalesce(z_off < 1e-6, true)
    and same_depth
)
