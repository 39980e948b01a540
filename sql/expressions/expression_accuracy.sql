/*
row = """
an expression, or all of them: how often a classifier that never saw the participant takes it for
what it is"""
key = ["classifier", "condition", "expression"]
materialized = "table"
export = 300
extra = "statistics"
note = """
Counted from expression_predictions. Where expressions are not equally frequent, compare accuracy
with majority, what naming the commonest expression every time would score, and balanced_accuracy
with chance: whoever names one expression every time has just chance there.

The intervals come from bootstrap samples of participants, because the masks of one participant are
not independent. The guesses are held fixed, so that the intervals leave out what other participants
would have taught the classifiers. Where every guess is right, or none, they have no width, which
understates the uncertainty.

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
balanced_accuracy = ["share", """
    mean over the expressions of their accuracies, each counting alike; null for one expression,
    of which accuracy is the same"""]
balanced_low = "shared"
balanced_high = "shared"
bootstraps = "shared"
chance = ["share", """
    accuracy of guessing blindly among equally frequent expressions, and balanced accuracy of any
    guesses that do not look: 1 over the number of expressions to choose from"""]
majority = ["share", """
    accuracy of always naming the commonest expression: its share of the masks that were judged;
    null for one expression"""]
named = ["share", """
    of all guesses, those that name the expression: the accuracy that naming it so often without
    looking would have; null for all expressions"""]
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

balances as (
    -- The mean of the expressions' accuracies, and the share of the commonest one.
    select
        classifier,
        condition,
        avg(correct / cast(masks as double)) as balanced_accuracy,
        max(masks) / cast(sum(masks) as double) as majority
    from counted
    where expression <> 'all expressions' and masks > 0
    group by classifier, condition
),

namings as (
    -- How often each expression is named, rightly or not.
    select
        classifier,
        condition,
        predicted as expression,
        sum(masks) / nullif(
            cast(sum(sum(masks)) over (partition by classifier, condition) as double), 0
        ) as named
    from expression_confusion
    group by classifier, condition, predicted
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
    balances.balanced_accuracy,
    accuracy_intervals.balanced_low,
    accuracy_intervals.balanced_high,
    accuracy_intervals.bootstraps,
    1 / cast(choices.expressions as double) as chance,
    balances.majority,
    namings.named,
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
left join balances
    on
        counted.classifier = balances.classifier
        and counted.condition = balances.condition
        and counted.expression = 'all expressions'
left join namings
    on
        counted.classifier = namings.classifier
        and counted.condition = namings.condition
        and counted.expression = namings.expression
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
