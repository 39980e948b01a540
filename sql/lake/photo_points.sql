/*
row = "a landmark of a photograph, keyed by integers: seven million text keys would cost more time and space than all the coordinates"
key = ["photo_index", "point"]
materialized = "table"
note = "For queries by name use the view landmarks. Empty where the setting database.landmarks is false; nothing else that a build makes is computed from it."

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
inner join settings on settings.landmarks_kept
