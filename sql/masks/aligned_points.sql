/*
row = "an aligned landmark of a photograph"
key = ["photo_index", "point"]
materialized = "view"
internal = true
source = """
paper, section 3.2.1 (alignEyes, alignFace), done on coordinates: no image is warped to get
numbers"""
note = """
Each face is turned, scaled and shifted as photo_alignments says. For queries by name use the view
aligned_landmarks. The view is empty where the setting database.landmarks is false."""

[columns]
photo_index = "shared"
cell_index = "shared"
point = "shared:any_point"
x = "shared"
y = "shared"
z = "shared"
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
from internal.photo_points
inner join internal.photo_alignments on photo_points.photo_index = photo_alignments.photo_index
