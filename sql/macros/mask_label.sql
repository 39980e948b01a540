/*
gives = "the label of an expression and condition, such as 05-00"
example = "select mask_label('happiness', false)"
kind = "scalar"

[parameters]
of_expression = "shared:expression"
with_cue = ["flag", "true for supervised"]
*/
select listed.code_of_listed || case when with_cue then '-01' else '-00' end
from (
    select
        expressions.code as code_of_listed,
        expressions.expression as listed_expression
    from expressions
) as listed
where listed.listed_expression = of_expression
