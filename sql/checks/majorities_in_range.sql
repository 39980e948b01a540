/*
rule = """
the commonest expression is no rarer than chance, the balanced accuracy is the mean of the
expressions' accuracies, and the guesses that name each expression add up to all"""
violations = [
    "update expression_accuracy set balanced_accuracy = balanced_accuracy / 2 + 0.01",
    "update expression_accuracy set balanced_low = 2, balanced_high = 1",
    "update expression_accuracy set majority = chance - 0.1",
    "update expression_accuracy set named = named + 0.1",
    "delete from expression_accuracy where expression = 'all expressions'",
]
*/
with of_expressions as (
    select
        classifier,
        condition,
        avg(accuracy) as balanced,
        sum(named) as named
    from expression_accuracy
    where expression <> 'all expressions'
    group by classifier, condition
)

select
    of_expressions.classifier,
    of_expressions.condition,
    of_expressions.balanced,
    of_expressions.named,
    expression_accuracy.majority
from of_expressions
left join expression_accuracy
    on
        of_expressions.classifier = expression_accuracy.classifier
        and of_expressions.condition = expression_accuracy.condition
        and expression_accuracy.expression = 'all expressions'
where
    expression_accuracy.classifier is null
    or abs(expression_accuracy.balanced_accuracy - of_expressions.balanced) > 1e-9
    or expression_accuracy.balanced_low > expression_accuracy.balanced_high
    or expression_accuracy.majority < expression_accuracy.chance - 1e-9
    or expression_accuracy.majority > 1
    or abs(of_expressions.named - 1) > 1e-9
