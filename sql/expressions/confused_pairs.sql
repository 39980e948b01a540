/*
row = "two expressions: how often they are taken for each other"
key = ["classifier", "condition", "expression_a", "expression_b"]
materialized = "table"
export = 310
extra = "statistics"
note = "Each pair of expression_confusion stands here once, the most confused first."

[columns]
classifier = "shared"
condition = "shared"
rank = ["1", "place within the classifier and condition, from 1"]
expression_a = "shared:expression"
expression_b = ["shared:expression", "later in the alphabet"]
a_taken_for_b = ["share", "of the masks of expression_a"]
b_taken_for_a = ["share", "of the masks of expression_b"]
confusion = ["share", "mean of both"]
*/
with paired as (
    select
        there.classifier,
        there.condition,
        there.expression as expression_a,
        there.predicted as expression_b,
        there.share as a_taken_for_b,
        back.share as b_taken_for_a,
        (there.share + back.share) / 2 as confusion
    from expression_confusion as there
    inner join expression_confusion as back
        on
            there.classifier = back.classifier
            and there.condition = back.condition
            and there.expression = back.predicted
            and there.predicted = back.expression
    where there.expression < there.predicted
)

select
    classifier,
    condition,
    cast(
        row_number() over (
            partition by classifier, condition
            order by confusion desc nulls last, expression_a asc, expression_b asc
        ) as integer
    ) as rank,
    expression_a,
    expression_b,
    a_taken_for_b,
    b_taken_for_a,
    confusion
from paired
