-- description = "How often each expression is taken for what it is, with what guessing would score"
-- people = ["participants"]

select
    classifier,
    condition,
    expression,
    participants,
    masks,
    case when expression = 'all expressions' then balanced_accuracy else accuracy end as value,
    case when expression = 'all expressions' then balanced_low else accuracy_low end as value_low,
    case when expression = 'all expressions' then balanced_high else accuracy_high end
        as value_high,
    named as baseline,
    chance,
    majority,
    entropy
from expression_accuracy
where condition <> 'both' and masks > 0
order by classifier asc, condition desc, expression asc
