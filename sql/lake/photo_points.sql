/*
row = "a landmark of a photograph"
key = ["photo_index", "point"]
materialized = "table"
internal = true
note = """
For queries by name use the view landmarks. The keys are integers because seven million text keys
would cost more time and space than all the coordinates. The table is empty where the setting
database.landmarks is false."""

[columns]
photo_index = "shared"
point = "shared:any_point"
x = "shared:photo_x"
y = "shared:photo_y"
z = "shared:photo_z"
*/
select
    lake_landmarks.photo_index,
    lake_landmarks.point,
    lake_landmarks.x,
    lake_landmarks.y,
    lake_landmarks.z
from lake_landmarks
inner join settings on settings.landmarks_kept
