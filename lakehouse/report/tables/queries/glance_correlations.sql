-- description = "Tests of each grouping of features with all questionnaires, and what of them stands"

select
    grouping,
    cast(count(*) as integer) as correlated,
    cast(count(spearman_p) as integer) as tests,
    cast(count(distinct case when spearman_p is not null then feature end) as integer) as features,
    cast(
        count(distinct case when spearman_p is not null then instrument end) as integer
    ) as instruments,
    cast(count(*) filter (where spearman_p < 0.05) as integer) as spearman_p,
    cast(count(*) filter (where spearman_q < 0.05) as integer) as spearman_q,
    cast(count(*) filter (where pearson_q < 0.05) as integer) as pearson_q,
    cast(count(*) filter (where permutation_p < 0.05) as integer) as max_t,
    max(permutations) filter (where permutation_p is not null) as permutations
from correlations
group by grouping
order by grouping
