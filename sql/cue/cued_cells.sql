/*
row = """
a participant's cell of an expression with a cue, and the same participant's neutral cell with a
cue"""
key = ["cell_index"]
materialized = "table"
internal = true
note = "Without a neutral face of the same condition a cell is not here."

[columns]
cell_index = ["shared", "with a cue, of an expression"]
neutral_index = ["id", "the neutral cell with a cue, as in cells"]
*/
select
    cells.cell_index,
    neutral.cell_index as neutral_index
from internal.cells
inner join expressions on cells.expression = expressions.expression
inner join internal.cells as neutral on cells.participant = neutral.participant
inner join expressions as neutral_expressions
    on neutral.expression = neutral_expressions.expression
where
    cells.supervised
    and neutral.supervised
    and expressions.code <> '00'
    and neutral_expressions.code = '00'
    and neutral.usable_photos > 0
