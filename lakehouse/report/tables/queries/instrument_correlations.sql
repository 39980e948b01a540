-- description = "Every questionnaire beside every other"
-- people = ["n"]

select
    instrument_a,
    instrument_b,
    n,
    spearman_r,
    spearman_low,
    spearman_high,
    spearman_p,
    spearman_q,
    pearson_r,
    pearson_low,
    pearson_high,
    pearson_p,
    pearson_q,
    reason
from instrument_correlations
order by instrument_a, instrument_b
