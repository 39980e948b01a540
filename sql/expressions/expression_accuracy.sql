/*
row = """
an expression, or all of them: how often a classifier that never saw the participant takes it for
what it is"""
key = ["classifier", "condition", "expression"]
materialized = "table"
export = 300
extra = "statistics"
note = """
Counted from expression_predictions. chance is 1 over the number of expressions to choose from.

The interval comes from bootstrap samples of participants, because the masks of one participant are
not independent. Where every guess is right, or none, it has no width, which understates the
uncertainty.

entropy is 0 where the expression is always taken for the same one, and log2 of the number of
expressions (2.81 for seven) where it is taken for all alike."""

[columns]
classifier = "shared"
condition = "shared"
expression = ["shared", "or all expressions"]
participants = ["count", "participants with a mask that was judged"]
masks = ["count", "masks that were judged"]
correct = ["count", "masks that were taken for what they are"]
accuracy = ["share", "correct over masks"]
accuracy_low = "shared"
accuracy_high = "shared"
bootstraps = "shared"
chance = ["share", "accuracy of guessing blindly"]
entropy = ["bit", "of what the expression's masks are taken for; for all expressions the mean"]
mistaken_for = ["id", """
    the other expression that it is most often taken for; null where it is never mistaken, and
    for all expressions"""]
mistaken_share = ["share", "of the expression's masks taken for that"]
reason = ["text", "why nothing was judged; null where something was"]
*/
with judged as (
    -- Every guess, once for its expression and once for all expressions together.
    select
        classifier,
        condition,
        expression,
        case when predicted is not null then participant end as judged_participant,
        predicted,
        predicted = expression as correct,
        reason
    from expression_predictions
    union all
    select
        classifier,
        condition,
        'all expressions' as expression,
        case when predicted is not null then participant end as judged_participant,
        predicted,
        predicted = expression as correct,
        reason
    from expression_predictions
),

counted as (
    -- Participants, masks and right guesses.
    select
        classifier,
        condition,
        expression,
        count(distinct judged_participant) as participants,
        count(predicted) as masks,
        count(*) filter (where correct) as correct,
        min(reason) as reason
    from judged
    group by classifier, condition, expression
),

entropies as (
    -- Entropy of what each expression is taken for.
    select
        classifier,
        condition,
        expression,
        sum(case when share > 0 then -share * log2(share) when share = 0 then 0 end) as entropy
    from expression_confusion
    group by classifier, condition, expression
),

all_entropies as (
    -- The same, and the mean over the expressions.
    select
        classifier,
        condition,
        expression,
        entropy
    from entropies
    union all
    select
        classifier,
        condition,
        'all expressions' as expression,
        avg(entropy) as entropy
    from entropies
    group by classifier, condition
),

choices as (
    -- Among how many expressions a classifier chose.
    select
        classifier,
        condition,
        count(distinct expression) as expressions
    from expression_predictions
    group by classifier, condition
),

mistakes as (
    -- The wrong guesses of each expression, the most frequent first.
    select
        classifier,
        condition,
        expression,
        predicted,
        share,
        row_number() over (
            partition by classifier, condition, expression order by masks desc, predicted asc
        ) as place
    from expression_confusion
    where expression <> predicted and masks > 0
)

select
    counted.classifier,
    counted.condition,
    counted.expression,
    cast(counted.participants as integer) as participants,
    cast(counted.masks as integer) as masks,
    cast(counted.correct as integer) as correct,
    counted.correct / nullif(cast(counted.masks as double), 0) as accuracy,
    accuracy_intervals.accuracy_low,
    accuracy_intervals.accuracy_high,
    accuracy_intervals.bootstraps,
    1 / cast(choices.expressions as double) as chance,
    all_entropies.entropy,
    mistakes.predicted as mistaken_for,
    mistakes.share as mistaken_share,
    case when counted.masks = 0 then counted.reason end as reason
from counted
inner join choices
    on counted.classifier = choices.classifier and counted.condition = choices.condition
left join all_entropies
    on
        counted.classifier = all_entropies.classifier
        and counted.condition = all_entropies.condition
        and counted.expression = all_entropies.expression
left join internal.accuracy_intervals
    on
        counted.classifier = accuracy_intervals.classifier
        and counted.condition = accuracy_intervals.condition
        and counted.expression = accuracy_intervals.expression
left join mistakes
    on
        counted.classifier = mistakes.classifier
        and counted.condition = mistakes.condition
        and counted.expression = mistakes.expression
        and mistakes.place = 1
