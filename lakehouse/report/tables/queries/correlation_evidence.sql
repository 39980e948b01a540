-- description = "What each correlation says for and against a relation, and without error"
-- people = ["n"]

select
    correlation_evidence.feature,
    correlation_evidence.instrument,
    correlation_evidence.n,
    correlation_evidence.pearson_r,
    correlation_evidence.spearman_r,
    correlation_evidence.detectable_r,
    correlation_evidence.sesoi_r,
    correlation_evidence.spearman_equivalence_p,
    correlation_evidence.bayes_factor,
    correlation_evidence.log10_bayes_factor
from correlation_evidence
inner join settings
    on
        correlation_evidence.grouping
        = coalesce(settings.primary_grouping, 'kmeans' || settings.clusters_k)
order by
    -abs(correlation_evidence.pearson_r),
    correlation_evidence.feature,
    correlation_evidence.instrument
