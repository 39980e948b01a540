-- description = "How often each expression is taken for each, by a classifier that never saw the participant"
-- people = ["participants"]

with people as (
    select
        classifier,
        condition,
        expression,
        predicted,
        count(distinct participant) as participants
    from expression_predictions
    where predicted is not null
    group by classifier, condition, expression, predicted
)

select
    expression_confusion.classifier,
    expression_confusion.condition,
    expression_confusion.expression,
    expression_confusion.predicted,
    expression_confusion.masks,
    cast(coalesce(people.participants, 0) as integer) as participants,
    expression_confusion.share
from expression_confusion
left join people
    on
        expression_confusion.classifier = people.classifier
        and expression_confusion.condition = people.condition
        and expression_confusion.expression = people.expression
        and expression_confusion.predicted = people.predicted
where expression_confusion.condition <> 'both' and expression_confusion.share is not null
order by
    expression_confusion.classifier asc,
    expression_confusion.condition desc,
    expression_confusion.expression asc,
    expression_confusion.predicted asc
