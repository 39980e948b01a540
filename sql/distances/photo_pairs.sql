/*
row = """
a photograph of a mask, and the photograph of the same place among the participant's neutral ones"""
key = ["photo_index"]
materialized = "table"
internal = true
note = """
The first photograph of a mask is paired with the first of 00-00, the second with the second, and so
on, so that no two photographs of a mask share a neutral one. Only usable photographs count, in the
order of their names. Where one of the two cells has more photographs, the rest are not paired."""

[columns]
photo_index = "shared"
cell_index = ["shared", "every mask but the reference"]
neutral_photo_index = ["id", "the neutral photograph, as in photos"]
place = ["count", "place of both photographs in their cells, from 1"]
*/
with placed as (
    select
        photo_index,
        cell_index,
        cast(row_number() over (partition by cell_index order by photo_index) as integer) as place
    from internal.photo_alignments
)

select
    face.photo_index,
    face.cell_index,
    neutral.photo_index as neutral_photo_index,
    face.place
from internal.compared_cells
inner join placed as face on compared_cells.cell_index = face.cell_index
inner join placed as neutral
    on compared_cells.neutral_index = neutral.cell_index and face.place = neutral.place
