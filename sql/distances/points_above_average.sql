/*
row = "a PAV point: one that moves more than the mask's average in every mask but the reference"
key = ["point"]
materialized = "table"
export = 130
source = "paper, section 3.2.2, figures 8 and 9 (points_above_average.csv)"

[columns]
point = "shared"
masks_above = ["count", "masks in which the point is above average: all of them"]
mean_distance = ["aligned px", "mean over those masks of its mean distance from the neutral face"]
*/
select
    point,
    cast(count(*) as integer) as masks_above,
    avg(mean_distance) as mean_distance
from point_averages
group by point
having bool_and(coalesce(above_average, false))
