/*
rule = "r lies between -1 and 1, p between 0 and 1, and q is never below p"
violations = [
    "update correlations set pearson_r = 1.5 where feature = 'm05_00_7'",
    "update correlations set spearman_r = -1.5 where n = 4",
    "update correlations set pearson_p = -0.1 where n = 4",
    "update correlations set spearman_p = 1.1 where n = 4",
    "update correlations set pearson_p = 0.5, pearson_q = 0.25 where n = 4",
    "update correlations set spearman_q = 1.1 where n = 4",
    "update correlations set pearson_r = 'nan' where n = 4",
    "update instrument_correlations set spearman_r = 2",
]
*/
with listed as (
    select
        grouping || ' ' || feature as first_of_pair,
        instrument as second_of_pair,
        pearson_r,
        pearson_p,
        pearson_q,
        spearman_r,
        spearman_p,
        spearman_q
    from correlations
    union all
    select
        instrument_a as first_of_pair,
        instrument_b as second_of_pair,
        pearson_r,
        pearson_p,
        pearson_q,
        spearman_r,
        spearman_p,
        spearman_q
    from instrument_correlations
)

select
    first_of_pair,
    second_of_pair,
    pearson_r,
    pearson_p,
    pearson_q,
    spearman_r,
    spearman_p,
    spearman_q
from listed
where
    abs(pearson_r) > 1 or abs(spearman_r) > 1
    or pearson_p < 0 or pearson_p > 1 or spearman_p < 0 or spearman_p > 1
    or pearson_q < pearson_p or pearson_q > 1 or spearman_q < spearman_p or spearman_q > 1
    or isnan(pearson_r) or isnan(spearman_r)
