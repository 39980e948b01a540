-- description = "Every feature beside every questionnaire, the strongest evidence first"
-- people = ["n"]

select
    correlations.feature,
    correlations.expression,
    correlations.supervised,
    correlations.mask,
    correlations.group_id,
    correlations.instrument,
    correlations.n,
    correlations.spearman_r,
    correlations.spearman_low,
    correlations.spearman_high,
    correlations.spearman_p,
    correlations.spearman_q,
    correlations.permutation_p,
    correlations.loo_low,
    correlations.loo_high,
    correlations.pearson_r,
    correlations.pearson_low,
    correlations.pearson_high,
    correlations.pearson_p,
    correlations.pearson_q,
    strongest_correlations.rank,
    correlations.reason
from correlations
inner join settings
    on
        correlations.grouping
        = coalesce(settings.primary_grouping, 'kmeans' || settings.clusters_k)
left join strongest_correlations
    on
        correlations.grouping = strongest_correlations.grouping
        and correlations.feature = strongest_correlations.feature
        and correlations.instrument = strongest_correlations.instrument
order by
    strongest_correlations.rank nulls last,
    correlations.feature,
    correlations.instrument
