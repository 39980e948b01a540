/*
row = "a photograph that enters its mask, and the similarity that aligns its face by the method of the settings"
key = ["photo_index"]
materialized = "table"
source = "paper, section 3.2.1 (alignEyes, alignFace): eyes level, forehead to chin 1500, forehead at (1250, 25)"
note = "The setting alignment.method chooses among photo_similarities, which says what each does."

[columns]
photo_index = ["id", "the photograph, as in photos"]
cell_index = ["id", "its cell, as in cells"]
neutral_index = ["id", "the same participant's cell of the reference, the same for all photographs of a participant; its own cell where there is no reference"]
roll = ["rad", "angle by which the face is turned back, anticlockwise in the picture"]
scale = ["aligned px per px", "size of a pixel of the photo"]
scaled_cos = ["aligned px per px", "scale times the cosine of roll"]
scaled_sin = ["aligned px per px", "scale times the sine of roll"]
offset_x = ["aligned px", "where the photo's top left corner comes to lie"]
offset_y = ["aligned px", "where the photo's top left corner comes to lie"]
offset_z = ["aligned px", "where depth 0 of the photo comes to lie; null where the landmarks came without"]
*/
select
    photo_similarities.photo_index,
    photo_similarities.cell_index,
    coalesce(compared_cells.neutral_index, photo_similarities.cell_index) as neutral_index,
    photo_similarities.roll,
    photo_similarities.scale,
    photo_similarities.scaled_cos,
    photo_similarities.scaled_sin,
    photo_similarities.offset_x,
    photo_similarities.offset_y,
    photo_similarities.offset_z
from photo_similarities
inner join settings on photo_similarities.method = settings.alignment_method
left join compared_cells on photo_similarities.cell_index = compared_cells.cell_index
