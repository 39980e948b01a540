/*
row = "an aligned landmark, keyed by integers"
key = ["photo_index", "point"]
materialized = "view"
source = "paper, section 3.2.1 (alignEyes, alignFace), done on coordinates: no image is warped to get numbers"
note = "Turns, scales and shifts each face as photo_alignments says. Empty where the setting database.landmarks is false."

[columns]
photo_index = ["id", "the photograph, as in photos"]
cell_index = ["id", "its cell, as in cells"]
point = ["id", "0-467 face mesh, 468-477 irises"]
x = ["aligned px", "to the right on the canvas, 2500 wide"]
y = ["aligned px", "downwards on the canvas, 1900 high"]
z = ["aligned px", "depth behind the forehead (point 10; under procrustes that of the canonical face); null where the landmarks came without"]
*/
select
    photo_points.photo_index,
    photo_alignments.cell_index,
    photo_points.point,
    photo_alignments.offset_x
    + photo_alignments.scaled_cos * photo_points.x
    + photo_alignments.scaled_sin * photo_points.y as x,
    photo_alignments.offset_y
    - photo_alignments.scaled_sin * photo_points.x
    + photo_alignments.scaled_cos * photo_points.y as y,
    photo_alignments.offset_z + photo_alignments.scale * photo_points.z as z
from photo_points
inner join photo_alignments on photo_points.photo_index = photo_alignments.photo_index
