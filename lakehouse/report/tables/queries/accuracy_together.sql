-- description = "Balanced accuracy of who learns from both conditions and judges both"
-- people = ["participants"]

select
    classifier,
    participants,
    masks,
    balanced_accuracy,
    balanced_low,
    balanced_high
from expression_accuracy
where condition = 'both' and expression = 'all expressions' and masks > 0
order by classifier
