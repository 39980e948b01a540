-- description = "The expressions that are most often taken for each other"

select
    classifier,
    condition,
    expression_a,
    expression_b,
    confusion
from confused_pairs
where rank = 1
order by classifier, condition
