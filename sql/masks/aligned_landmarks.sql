/*
row = "a landmark of a photograph that enters its mask, aligned"
key = ["participant", "expression", "supervised", "photo", "point"]
materialized = "view"
source = "paper, section 3.2.1 (face_adjustments.py)"
note = "Empty where the setting database.landmarks is false."

[columns]
participant = ["id", "text, leading zeros kept"]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
photo = ["id", "the photograph within its cell"]
point = ["id", "0-467 face mesh, 468-477 irises"]
x = ["aligned px", "to the right on the canvas, 2500 wide"]
y = ["aligned px", "downwards on the canvas, 1900 high"]
z = ["aligned px", "depth behind the forehead (point 10; under procrustes that of the canonical face); null where the landmarks came without"]
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
from aligned_points
inner join photos on aligned_points.photo_index = photos.photo_index
