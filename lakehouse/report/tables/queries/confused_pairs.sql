-- description = "Pairs of expressions that are taken for each other, both ways, most confused first"
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
    confused_pairs.rank,
    concat(confused_pairs.expression_a, ' ', confused_pairs.expression_b) as pair,
    expression_confusion.expression,
    expression_confusion.predicted,
    expression_confusion.masks,
    cast(coalesce(people.participants, 0) as integer) as participants,
    expression_confusion.share
from expression_confusion
inner join confused_pairs
    on
        expression_confusion.classifier = confused_pairs.classifier
        and expression_confusion.condition = confused_pairs.condition
        and least(expression_confusion.expression, expression_confusion.predicted)
        = confused_pairs.expression_a
        and greatest(expression_confusion.expression, expression_confusion.predicted)
        = confused_pairs.expression_b
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
    confused_pairs.rank asc,
    expression_confusion.expression asc
