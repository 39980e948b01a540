/*
row = "a PAV point and the k-means group it falls into"
key = ["point"]
materialized = "table"
step = "cluster_points"
source = "paper, section 3.2.3, figure 18"
note = """
The query gives each PAV point's place in the neutral face, averaged over both conditions, as in
neutral_face. The Python step groups the points by place, to a millionth of a pixel, and numbers the
groups by centroid, from the picture's left to its right. So labels do not depend on the run."""

[columns]
point = "shared"
x = "shared:neutral_place"
y = "shared:neutral_place"
group_id = ["id", "0 to k - 1; fewer groups where there are fewer points than k"]
*/
select
    points_above_average.point,
    neutral_face.x,
    neutral_face.y
from points_above_average
inner join internal.neutral_face on points_above_average.point = neutral_face.point
