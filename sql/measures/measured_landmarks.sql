/*
row = "a point that a measure needs, in a photograph that enters its mask"
key = ["photo_index", "point"]
materialized = "table"
internal = true

[batch]
relation = "internal.photo_alignments"
column = "cell_index"
size = 8192

[columns]
photo_index = "shared"
point = "shared"
x = "shared"
y = "shared"
z = "shared"
*/
with needed as (
    select distinct point
    from measure_points
)

select
    placed_landmarks.photo_index,
    placed_landmarks.point,
    placed_landmarks.x,
    placed_landmarks.y,
    placed_landmarks.z
from placed_landmarks
inner join needed on placed_landmarks.point = needed.point
