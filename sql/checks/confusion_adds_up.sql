/*
rule = """
the shares of what an expression is taken for add up to 1, and accuracy, chance and entropy follow
from them"""
violations = [
    "update expression_confusion set share = share + 0.1",
    "update expression_confusion set masks = masks + 1",
    "delete from expression_confusion where predicted = 'surprise'",
    "delete from expression_accuracy where expression = 'surprise'",
    "update expression_accuracy set accuracy = 0.9 - accuracy",
    "update expression_accuracy set correct = correct + 1",
    "update expression_accuracy set chance = 1.0 / 7",
    "update expression_accuracy set entropy = -0.1",
    "update expression_accuracy set entropy = 1.1",
    "update expression_accuracy set mistaken_for = expression",
]
*/
with summed as (
    select
        classifier,
        condition,
        expression,
        sum(masks) as masks,
        sum(share) as shares,
        sum(case when predicted = expression then masks end) as correct,
        count(*) as expressions
    from expression_confusion
    group by classifier, condition, expression
)

select
    summed.classifier,
    summed.condition,
    summed.expression,
    summed.masks,
    summed.shares,
    expression_accuracy.accuracy
from summed
left join expression_accuracy
    on
        summed.classifier = expression_accuracy.classifier
        and summed.condition = expression_accuracy.condition
        and summed.expression = expression_accuracy.expression
where
    expression_accuracy.masks is null
    or abs(summed.shares - 1) > 1e-9
    or expression_accuracy.masks <> summed.masks
    or expression_accuracy.correct <> summed.correct
    or abs(expression_accuracy.accuracy * summed.masks - summed.correct) > 1e-6
    or abs(expression_accuracy.chance * summed.expressions - 1) > 1e-9
    or expression_accuracy.entropy < 0
    or expression_accuracy.entropy > log2(summed.expressions) + 1e-9
    or expression_accuracy.mistaken_for = summed.expression
