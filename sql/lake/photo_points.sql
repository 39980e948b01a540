/*
row = "a landmark of a photograph, keyed by integers: seven million text keys would cost more time and space than all the coordinates"
key = ["photo_index", "point"]
materialized = "table"
late = true
note = "For queries by name use the view landmarks. Empty where the setting database.landmarks is false; nothing else that a build makes is computed from it."

[columns]
photo_index = ["id", "the photograph, as in photos"]
point = ["id", "0-467 face mesh, 468-477 irises"]
x = ["px", "to the right, from the upright photo's top left corner"]
y = ["px", "downwards"]
z = ["px", "depth, smaller is nearer; null where the landmarks came without"]
*/
select
    numbered_landmarks.photo_index,
    numbered_landmarks.point,
    numbered_landmarks.x,
    numbered_landmarks.y,
    numbered_landmarks.z
from numbered_landmarks
inner join settings on settings.landmarks_kept
