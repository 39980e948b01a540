/*
row = "a point of a mask: the mean of its photographs"
key = ["cell_index", "point"]
materialized = "table"
internal = true
note = "For queries by name use the view masks."

[batch]
relation = "internal.photo_alignments"
column = "cell_index"
size = 8192

[columns]
cell_index = "shared"
point = "shared:any_point"
x = "shared:place_in_mask"
y = "shared:place_in_mask"
z = "shared:place_in_mask"
photos = "shared"
mean_square = ["aligned px²", """
    mean squared distance of the photographs' points from the origin, in the dimensions of the
    setting distance.dimensions; null where depth is wanted and missing in one of them"""]
*/
with squared as (
    select
        placed_landmarks.cell_index,
        placed_landmarks.point,
        placed_landmarks.x,
        placed_landmarks.y,
        placed_landmarks.z,
        placed_landmarks.x * placed_landmarks.x
        + placed_landmarks.y * placed_landmarks.y
        + case
            when settings.distance_dimensions = 3 then placed_landmarks.z * placed_landmarks.z
            else 0
        end as square
    from placed_landmarks
    cross join settings
)

select
    cell_index,
    point,
    avg(x) as x,
    avg(y) as y,
    avg(z) as z,
    cast(count(*) as integer) as photos,
    case when count(square) = count(*) then avg(square) end as mean_square
from squared
group by cell_index, point
