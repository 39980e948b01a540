-- description = """
-- How far every mesh point lies from its neutral place in every mask, and which way it moves on
-- average; without direction where the mean shift is no longer than by chance"""
-- people = ["participants"]

select
    point_averages.expression,
    point_averages.supervised,
    point_averages.point,
    round(point_averages.mean_distance, 2) as mean_distance,
    round(point_averages.sd_distance, 2) as sd_distance,
    case
        when
            mean_displacements.mean_shift > mean_displacements.chance_shift
            or mean_displacements.participants = 1
            then round(mean_displacements.dx, 1)
    end as dx,
    case
        when
            mean_displacements.mean_shift > mean_displacements.chance_shift
            or mean_displacements.participants = 1
            then round(mean_displacements.dy, 1)
    end as dy,
    point_averages.participants
from point_averages
left join mean_displacements
    on
        point_averages.mask = mean_displacements.mask
        and point_averages.point = mean_displacements.point
where point_averages.mean_distance is not null
order by point_averages.mask, point_averages.point
