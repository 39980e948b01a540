/*
row = "a photograph that enters its mask, and the similarity that aligns its face"
key = ["photo_index"]
materialized = "table"
source = "paper, section 3.2.1 (alignEyes, alignFace): eyes level, forehead to chin 1500, forehead at (1250, 25)"

[columns]
photo_index = ["id", "the photograph, as in photos"]
cell_index = ["id", "its cell, as in cells"]
forehead_x = ["px", "point 10 in the photo"]
forehead_y = ["px", "point 10 in the photo"]
forehead_z = ["px", "point 10 in the photo"]
eye_roll = ["rad", "angle of the line from point 133 to point 362"]
scale = ["aligned px per px", "1500 over the distance from point 10 to point 152"]
scaled_cos = ["aligned px per px", "scale times the cosine of eye_roll"]
scaled_sin = ["aligned px per px", "scale times the sine of eye_roll"]
*/
with usable as (
    select
        photos.photo_index,
        cells.cell_index
    from photos
    inner join photo_verdicts on photos.photo_index = photo_verdicts.photo_index
    inner join participants on photos.participant = participants.participant
    inner join cells
        on
            photos.participant = cells.participant
            and photos.expression = cells.expression
            and photos.supervised = cells.supervised
    where photo_verdicts.usable and participants.included
),

anchors as (
    select
        photo_index,
        max(x) filter (where point = 10) as forehead_x,
        max(y) filter (where point = 10) as forehead_y,
        max(z) filter (where point = 10) as forehead_z,
        max(x) filter (where point = 152) as chin_x,
        max(y) filter (where point = 152) as chin_y,
        max(x) filter (where point = 133) as right_eye_x,
        max(y) filter (where point = 133) as right_eye_y,
        max(x) filter (where point = 362) as left_eye_x,
        max(y) filter (where point = 362) as left_eye_y
    from photo_points
    where point in (10, 133, 152, 362)
    group by photo_index
),

similarities as (
    select
        photo_index,
        forehead_x,
        forehead_y,
        forehead_z,
        atan2(left_eye_y - right_eye_y, left_eye_x - right_eye_x) as eye_roll,
        1500.0 / nullif(
            sqrt(power(chin_x - forehead_x, 2) + power(chin_y - forehead_y, 2)), 0
        ) as scale
    from anchors
)

select
    usable.photo_index,
    usable.cell_index,
    similarities.forehead_x,
    similarities.forehead_y,
    similarities.forehead_z,
    similarities.eye_roll,
    similarities.scale,
    similarities.scale * cos(similarities.eye_roll) as scaled_cos,
    similarities.scale * sin(similarities.eye_roll) as scaled_sin
from usable
inner join similarities on usable.photo_index = similarities.photo_index
