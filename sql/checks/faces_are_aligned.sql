/*
rule = "in every aligned photograph the forehead lies at (1250, 25), the chin 1500 away and the eyes level, to a millionth of a pixel"
*/
with anchors as (
    select
        photo_index,
        max(x) filter (where point = 10) as forehead_x,
        max(y) filter (where point = 10) as forehead_y,
        max(x) filter (where point = 152) as chin_x,
        max(y) filter (where point = 152) as chin_y,
        max(y) filter (where point = 133) as right_eye_y,
        max(y) filter (where point = 362) as left_eye_y
    from aligned_points
    where point in (10, 133, 152, 362)
    group by photo_index
)

select
    photos.participant,
    photos.expression,
    photos.supervised,
    photos.photo,
    anchors.forehead_x,
    anchors.forehead_y,
    anchors.chin_x,
    anchors.chin_y,
    anchors.right_eye_y,
    anchors.left_eye_y
from anchors
inner join photos on anchors.photo_index = photos.photo_index
where not coalesce(
    abs(anchors.forehead_x - 1250) < 1e-6
    and abs(anchors.forehead_y - 25) < 1e-6
    and abs(
        sqrt(power(anchors.chin_x - 1250, 2) + power(anchors.chin_y - 25, 2)) - 1500
    ) < 1e-6
    and abs(anchors.right_eye_y - anchors.left_eye_y) < 1e-6, false
)
