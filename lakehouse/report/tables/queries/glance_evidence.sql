-- description = "What the correlations without a finding say"
-- people = ["n"]

select
    grouping,
    max(n) as n,
    min(detectable_r) as detectable_r,
    cast(count(*) filter (where spearman_equivalence_p < 0.05) as integer) as smaller
from correlation_evidence
group by grouping
order by grouping
