/*
row = "a landmark of a photograph that enters its mask, aligned"
key = ["participant", "expression", "supervised", "photo", "point"]
materialized = "view"
source = "paper, section 3.2.1 (face_adjustments.py)"
note = "Empty where the setting database.landmarks is false."

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
photo = "shared"
point = "shared:any_point"
x = "shared"
y = "shared"
z = "shared"
*/
select
    photos.participant,
    photos.expression,
    photos.supervised,
    photos.photo,
    aligned_points.point,
    aligned_points.x,
    aligned_points.y,
    aligned_points.z
from internal.aligned_points
inner join photos on aligned_points.photo_index = photos.photo_index
