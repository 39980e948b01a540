-- description = "Every correlation as it is, and with the covariates held constant"
-- people = ["n"]

select
    partial_correlations.feature,
    partial_correlations.instrument,
    partial_correlations.covariates,
    partial_correlations.n,
    correlations.spearman_r,
    partial_correlations.spearman_r as partial_r,
    partial_correlations.spearman_low as partial_low,
    partial_correlations.spearman_high as partial_high,
    partial_correlations.spearman_p as partial_p,
    partial_correlations.spearman_q as partial_q,
    partial_correlations.permutation_p as partial_max_p,
    partial_correlations.reason
from partial_correlations
inner join settings
    on
        partial_correlations.grouping
        = coalesce(settings.primary_grouping, 'kmeans' || settings.clusters_k)
inner join correlations
    on
        partial_correlations.grouping = correlations.grouping
        and partial_correlations.feature = correlations.feature
        and partial_correlations.instrument = correlations.instrument
order by
    partial_correlations.permutation_p,
    partial_correlations.spearman_p,
    partial_correlations.feature,
    partial_correlations.instrument
