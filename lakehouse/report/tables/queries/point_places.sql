-- description = """
-- Where every mesh point lies on the mean neutral face, or on the first mask there is, what the
-- place is called, and the muscles below it"""

with below as (
    select
        point,
        string_agg(replace(muscle, '_', ' '), ', ' order by muscle) as muscles
    from muscles
    group by point
)

select
    points.point,
    round(mean_masks.x, 1) as x,
    round(mean_masks.y, 1) as y,
    coalesce(points.name_en, points.region_en) as name_en,
    coalesce(points.name_pt, points.region_pt) as name_pt,
    below.muscles
from points
inner join mean_masks on points.point = mean_masks.point
left join below on points.point = below.point
where mean_masks.mask = (select min(mask) from mean_masks) and points.point < 468
order by points.point
