-- description = "What each expression is most often mistaken for"
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
    expression_accuracy.classifier,
    expression_accuracy.condition,
    expression_accuracy.expression,
    expression_accuracy.mistaken_for,
    cast(people.participants as integer) as participants,
    expression_accuracy.mistaken_share
from expression_accuracy
inner join people
    on
        expression_accuracy.classifier = people.classifier
        and expression_accuracy.condition = people.condition
        and expression_accuracy.expression = people.expression
        and expression_accuracy.mistaken_for = people.predicted
where expression_accuracy.condition <> 'both'
order by
    expression_accuracy.classifier asc,
    expression_accuracy.condition desc,
    expression_accuracy.expression asc
