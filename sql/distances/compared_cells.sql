/*
row = "a cell, and the cell of the same participant's neutral face"
key = ["cell_index"]
materialized = "table"
internal = true

[columns]
cell_index = ["shared", "every mask but the reference"]
neutral_index = ["id", "the participant's cell of the reference, as in cells"]
*/
select
    cells.cell_index,
    neutral_cells.cell_index as neutral_index
from cells
inner join cells as neutral_cells on cells.participant = neutral_cells.participant
inner join mask_labels on neutral_cells.mask = mask_labels.mask
where mask_labels.is_reference and cells.cell_index <> neutral_cells.cell_index
