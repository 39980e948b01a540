/*
rule = "a mask's label is the code of its expression and the condition"
violations = [
    "update internal.cells set mask = '05-01' where mask = '05-00'",
    "update internal.cells set expression = 'sleepy' where mask = '05-00'",
]
*/
select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    expressions.code
from internal.cells
left join expressions on cells.expression = expressions.expression
where
    expressions.code is null
    or cells.mask <> expressions.code || case when cells.supervised then '-01' else '-00' end
