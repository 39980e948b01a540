/*
row = "a point of a mask or of a neutral face, and how much noise its place holds"
key = ["cell_index", "point"]
materialized = "view"
internal = true
note = """
The place in the mask is the mean of its photographs, so the variance of its noise is theirs over
their number, summed over the axes of the setting distance.dimensions. It is found as the mean
square less the square of the mean, which is exact to about a billionth of a square pixel."""

[columns]
cell_index = "shared"
point = "shared"
error = ["aligned px²", """
    variance of the mean of the photographs; null for a single one, and where depth is wanted and
    missing"""]
*/
select
    cell_points.cell_index,
    cell_points.point,
    case
        when cell_points.photos > 1
            then
                greatest(
                    cell_points.mean_square
                    - cell_points.x * cell_points.x
                    - cell_points.y * cell_points.y
                    - case
                        when settings.distance_dimensions = 3 then cell_points.z * cell_points.z
                        else 0
                    end,
                    0
                )
                / (cell_points.photos - 1)
    end as error
from internal.cell_points
cross join settings
where cell_points.point < 468
