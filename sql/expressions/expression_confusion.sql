/*
row = "an expression beside another, or itself: how often the first is taken for the second"
key = ["classifier", "condition", "expression", "predicted"]
materialized = "table"
export = 290
extra = "statistics"
note = """
The confusion matrix of expression_predictions in long form. Where a count is 0 there is a row
too."""

[columns]
classifier = "shared"
condition = "shared"
expression = ["shared", "what was to be shown"]
predicted = "shared"
masks = ["count", "masks taken for it"]
share = ["share", "of the expression's masks; null where no guess was possible"]
*/
with choices as (
    select distinct
        classifier,
        condition,
        expression
    from expression_predictions
),

counted as (
    select
        classifier,
        condition,
        expression,
        predicted,
        count(*) as masks
    from expression_predictions
    where predicted is not null
    group by classifier, condition, expression, predicted
),

filled as (
    select
        shown.classifier,
        shown.condition,
        shown.expression,
        taken.expression as predicted,
        coalesce(counted.masks, 0) as masks
    from choices as shown
    inner join choices as taken
        on shown.classifier = taken.classifier and shown.condition = taken.condition
    left join counted
        on
            shown.classifier = counted.classifier
            and shown.condition = counted.condition
            and shown.expression = counted.expression
            and taken.expression = counted.predicted
)

select
    classifier,
    condition,
    expression,
    predicted,
    cast(masks as integer) as masks,
    masks / nullif(
        cast(sum(masks) over (partition by classifier, condition, expression) as double), 0
    ) as share
from filled
