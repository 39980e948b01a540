/*
row = "a landmark of a photograph that enters its mask, aligned straight from the lake's files"
key = ["photo_index", "point"]
materialized = "ephemeral"
note = "As aligned_points, which reads photo_points: there, seven million landmarks would have to be written first. A table joined to it does not spare reading the lake, as the engine moves no join below the arithmetic: what needs few of its photographs is made in batches of photo_alignments."

[columns]
photo_index = ["id", "the photograph, as in photos"]
cell_index = ["id", "its cell, as in cells"]
point = ["id", "0-467 face mesh, 468-477 irises"]
x = ["aligned px", "to the right on the canvas, 2500 wide"]
y = ["aligned px", "downwards on the canvas, 1900 high"]
z = ["aligned px", "depth behind the forehead; null where the landmarks came without"]
*/
select
    numbered_landmarks.photo_index,
    photo_alignments.cell_index,
    numbered_landmarks.point,
    photo_alignments.offset_x
    + photo_alignments.scaled_cos * numbered_landmarks.x
    + photo_alignments.scaled_sin * numbered_landmarks.y as x,
    photo_alignments.offset_y
    - photo_alignments.scaled_sin * numbered_landmarks.x
    + photo_alignments.scaled_cos * numbered_landmarks.y as y,
    photo_alignments.offset_z + photo_alignments.scale * numbered_landmarks.z as z
from numbered_landmarks
inner join photo_alignments
    on numbered_landmarks.photo_index = photo_alignments.photo_index
