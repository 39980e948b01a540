/*
row = "an expression, or all of them: how sure the accuracy of expression_accuracy is"
key = ["classifier", "condition", "expression"]
materialized = "table"
extra = "statistics"
step = "accuracy_intervals"
note = "The query gives right guesses by participant; the Python step draws participants with replacement, so that the masks of one stay together, and takes the middle 95 % of the shares. Read it in expression_accuracy."

[columns]
classifier = ["id", "nearest_centroid or shrinkage_lda"]
condition = ["id", "supervised, unsupervised or pooled, as in expression_predictions"]
expression = ["id", "lower-case word, or all expressions"]
accuracy_low = ["share", "lower end of the 95 % interval; null for one participant and without bootstraps"]
accuracy_high = ["share", "upper end of the 95 % interval; null as accuracy_low"]
bootstraps = ["count", "samples of the participants behind the interval"]
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
