/*
row = "a landmark in the lake's files, with the number of its photograph"
key = ["photo_index", "point"]
materialized = "ephemeral"
note = """
To find a photograph by its text keys takes seven times as long as by its number; so this is read
once for photo_points, and by others where that is not kept."""

[columns]
photo_index = "shared"
point = "shared:any_point"
x = "shared:photo_x"
y = "shared:photo_y"
z = "shared:photo_z"
*/
select
    photos.photo_index,
    source_landmarks.point,
    cast(source_landmarks.x as double) as x,
    cast(source_landmarks.y as double) as y,
    cast(source_landmarks.z as double) as z
from source_landmarks
inner join photos
    on
        source_landmarks.participant = photos.participant
        and source_landmarks.expression = photos.expression
        and source_landmarks.supervised = photos.supervised
        and source_landmarks.photo = photos.photo
