-- description = "Every point of the mesh: where it lies on the face of `mesh`, its name, its muscles"

with names as (
    select
        point,
        string_agg(replace(muscle, '_', ' '), ', ' order by muscle) as muscles
    from muscles
    group by point
)

select
    mean_masks.point,
    mean_masks.x,
    mean_masks.y,
    coalesce(points.name_en, points.region_en) as name_en,
    coalesce(points.name_pt, points.region_pt) as name_pt,
    names.muscles
from mean_masks
inner join points on mean_masks.point = points.point
left join names on mean_masks.point = names.point
inner join mirror_points on mean_masks.point = mirror_points.point
where mean_masks.mask = (select min(mean_neutral.mask) from mean_masks as mean_neutral)
order by mean_masks.point
