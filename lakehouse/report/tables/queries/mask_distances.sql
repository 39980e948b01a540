-- description = "Every mask as two numbers: the mean distance of all points, and of those above average"
-- people = ["participants"]

with moved as (
    select
        mask,
        avg(mean_distance) as mean_of_common_points,
        quantile_cont(mean_distance, 0.25) as lower_quartile,
        quantile_cont(mean_distance, 0.75) as upper_quartile
    from pav_mask_means
    group by mask
)

select
    mask_averages.expression,
    mask_averages.supervised,
    mask_averages.mean_distance,
    mask_averages.points_above_average,
    moved.mean_of_common_points,
    moved.lower_quartile,
    moved.upper_quartile,
    mask_averages.participants
from mask_averages
left join moved on mask_averages.mask = moved.mask
order by mask_averages.mask
