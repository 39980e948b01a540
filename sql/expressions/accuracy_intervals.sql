/*
row = "an expression, or all of them: the interval of its accuracy in expression_accuracy"
key = ["classifier", "condition", "expression"]
materialized = "table"
internal = true
extra = "statistics"
step = "accuracy_intervals"
note = """
expression_accuracy shows these intervals beside the accuracy. The query gives right guesses by
participant. The Python step draws participants with replacement, so that the masks of one
participant stay together, and takes the middle 95 % of the shares. The guesses are held fixed: what
other participants would have taught the classifiers is not in the intervals."""

[columns]
classifier = "shared"
condition = "shared"
expression = ["shared", "or all expressions"]
accuracy_low = "shared"
accuracy_high = "shared"
balanced_low = "shared"
balanced_high = "shared"
bootstraps = "shared"
*/
select
    classifier,
    condition,
    participant,
    expression,
    cast(count(predicted) as integer) as masks,
    cast(count(*) filter (where predicted = expression) as integer) as correct
from expression_predictions
group by classifier, condition, participant, expression
