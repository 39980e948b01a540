/*
row = "a landmark of a photograph"
key = ["photo_index", "point"]
materialized = "table"
internal = true
late = true
note = """
For queries by name use the view landmarks. The keys are integers because seven million text keys
would cost more time and space than all the coordinates. The table is empty where the setting
database.landmarks is false; no other relation is computed from it but the views landmarks,
aligned_points and aligned_landmarks."""

[columns]
photo_index = "shared"
point = "shared:any_point"
x = "shared:photo_x"
y = "shared:photo_y"
z = "shared:photo_z"
*/
select
    numbered_landmarks.photo_index,
    numbered_landmarks.point,
    numbered_landmarks.x,
    numbered_landmarks.y,
    numbered_landmarks.z
from numbered_landmarks
inner join settings on settings.landmarks_kept
