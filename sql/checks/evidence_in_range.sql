/*
rule = """
what is said for and against effects is possible: reliabilities of movement between 0 and 1, p and
detectable r too, Bayes factors above 0 and as their logarithms say"""
violations = [
    "update feature_reliability set icc_ck = 1.5",
    "update feature_reliability set reliability = 'nan'",
    "update feature_reliability set reliability = null, reason = null",
    "update correlation_evidence set detectable_r = 1.5 where n = 4",
    "update correlation_evidence set spearman_equivalence_p = -0.1 where n = 4",
    "update correlation_evidence set bayes_factor = -1 where n = 4",
    "update correlation_evidence set disattenuation_reason = null where n = 4",
    "update effect_evidence set detectable_dz = -1",
    "update effect_evidence set equivalence_p = 2",
]
*/
select
    'feature_reliability' as relation,
    grouping,
    feature as name,
    reliability as value
from feature_reliability
where
    icc_ck < 0 or icc_ck > 1 or isnan(icc_ck) or isnan(reliability)
    or (reliability is null and reason is null)
union all
select
    'correlation_evidence' as relation,
    grouping,
    feature as name,
    bayes_factor as value
from correlation_evidence
where
    detectable_r <= 0 or detectable_r >= 1
    or pearson_equivalence_p < 0 or pearson_equivalence_p > 1
    or spearman_equivalence_p < 0 or spearman_equivalence_p > 1
    or bayes_factor <= 0
    or abs(
        ln(case when bayes_factor > 0 then bayes_factor end) - ln(10) * log10_bayes_factor
    ) > 1e-6
    or (r_disattenuated is null and disattenuation_reason is null)
union all
select
    'effect_evidence' as relation,
    grouping,
    expression as name,
    bayes_factor as value
from effect_evidence
where
    detectable_dz <= 0 or equivalence_p < 0 or equivalence_p > 1 or bayes_factor <= 0
    or abs(
        ln(case when bayes_factor > 0 then bayes_factor end) - ln(10) * log10_bayes_factor
    ) > 1e-6
