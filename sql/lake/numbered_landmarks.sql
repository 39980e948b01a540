/*
row = "a landmark in the lake's files, its photograph a number"
key = ["photo_index", "point"]
materialized = "ephemeral"

[columns]
photo_index = ["id", "the photograph, as in photos"]
point = ["id", "0-467 face mesh, 468-477 irises"]
x = ["px", "to the right, from the upright photo's top left corner"]
y = ["px", "downwards"]
z = ["px", "depth, smaller is nearer; null where the landmarks came without"]
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
