/*
row = "a landmark of a photograph, for what is computed from it"
key = ["photo_index", "point"]
materialized = "ephemeral"
note = """
From photo_points, or straight from the lake's files where the setting database.landmarks is
false."""

[columns]
photo_index = "shared"
point = "shared:any_point"
x = "shared:photo_x"
y = "shared:photo_y"
z = "shared:photo_z"
*/
select
    photo_points.photo_index,
    photo_points.point,
    photo_points.x,
    photo_points.y,
    photo_points.z
from internal.photo_points
inner join photos on photo_points.photo_index = photos.photo_index
union all
select
    lake_landmarks.photo_index,
    lake_landmarks.point,
    lake_landmarks.x,
    lake_landmarks.y,
    lake_landmarks.z
from lake_landmarks
inner join settings on not settings.landmarks_kept
