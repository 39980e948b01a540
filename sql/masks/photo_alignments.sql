/*
row = """
a photograph that enters its mask, and the similarity that aligns its face by the method of the
settings"""
key = ["photo_index"]
materialized = "table"
internal = true
source = """
paper, section 3.2.1 (alignEyes, alignFace): eyes level, forehead to chin 1500, forehead at (1250,
25)"""
note = "The setting alignment.method chooses among photo_similarities, which explains each method."

[columns]
photo_index = "shared"
cell_index = "shared"
neutral_index = ["id", """
    the same participant's cell of the reference, the same for all photographs of a participant;
    its own cell where the participant has none"""]
roll = "shared"
scale = "shared"
scaled_cos = "shared"
scaled_sin = "shared"
offset_x = "shared"
offset_y = "shared"
offset_z = "shared"
*/
select
    photo_similarities.photo_index,
    photo_similarities.cell_index,
    coalesce(nullif(compared_cells.neutral_index, 0), photo_similarities.cell_index)
        as neutral_index,
    photo_similarities.roll,
    photo_similarities.scale,
    photo_similarities.scaled_cos,
    photo_similarities.scaled_sin,
    photo_similarities.offset_x,
    photo_similarities.offset_y,
    photo_similarities.offset_z
from internal.photo_similarities
inner join settings on photo_similarities.method = settings.alignment_method
left join internal.compared_cells on photo_similarities.cell_index = compared_cells.cell_index
