-- description = "The correlation with the most evidence for it, in each grouping"
-- people = ["n"]

select
    grouping,
    feature,
    instrument,
    n,
    spearman_r,
    spearman_low,
    spearman_high,
    spearman_q,
    permutation_p
from strongest_correlations
where rank = 1
order by grouping
