/*
row = "a photograph of a mask, and the photograph of the same place among the participant's neutral ones"
key = ["photo_index"]
materialized = "table"
note = "The first of a mask goes with the first of 00-00, the second with the second, and so on, so that no two photographs of a mask share a neutral one. Only usable photographs count, in the order of their names; what one of the two cells has more of goes with none."

[columns]
photo_index = ["id", "the photograph, as in photos"]
cell_index = ["id", "its cell, as in cells; every mask but the reference"]
neutral_photo_index = ["id", "the neutral photograph, as in photos"]
place = ["count", "of both in their cells, from 1"]
*/
with placed as (
    select
        photo_index,
        cell_index,
        cast(row_number() over (partition by cell_index order by photo_index) as integer) as place
    from photo_alignments
)

select
    face.photo_index,
    face.cell_index,
    neutral.photo_index as neutral_photo_index,
    face.place
from compared_cells
inner join placed as face on compared_cells.cell_index = face.cell_index
inner join placed as neutral
    on compared_cells.neutral_index = neutral.cell_index and face.place = neutral.place
