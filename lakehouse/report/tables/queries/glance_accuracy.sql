-- description = "How often classifiers name the expression of somebody new"
-- people = ["participants"]

select
    classifier,
    condition,
    participants,
    balanced_accuracy,
    balanced_low,
    balanced_high,
    chance
from expression_accuracy
where expression = 'all expressions'
order by
    condition <> 'both' asc, balanced_accuracy desc nulls last, classifier asc, condition asc
