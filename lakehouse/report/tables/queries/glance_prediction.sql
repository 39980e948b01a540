-- description = "How well scores are foretold from all movement, the best first"
-- people = ["n"]

select
    instrument,
    n,
    r,
    permutation_p
from score_prediction
where r is not null
order by permutation_p nulls last, instrument
