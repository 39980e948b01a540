/*
row = "a feature beside an instrument, and what their correlation says for and against a relation"
key = ["grouping", "feature", "instrument"]
materialized = "table"
export = 152
extra = "statistics"
step = "weigh_correlations"
note = """
A row for each of correlations. A p above 0.05 does not say that there is no relation. Three columns
do say something: equivalence_p, whether a relation is smaller than statistics.sesoi_r; the Bayes
factor, how much better the data fit a relation than none; and detectable_r, how strong a relation
would have had to be. All are null where correlations has no test, as of fewer participants than
statistics.fewest, and reason says why.

r_disattenuated estimates Pearson's r between feature and score without error of measurement, r /
sqrt(R₁ R₂), from the feature's reliability and the questionnaire's (setting
instruments.*.reliability). The feature's is that of the feature that statistics.feature chooses:
reliability of feature_reliability for distance and icc_ck for projected; that of squared_unbiased
is not known. Its interval is by the delta method; it allows for the error of the feature's
reliability and takes the questionnaire's as known. It is not cut off at 1: beyond, a reliability is
too low for this r, or r too high by chance. Photographs of one session tell too high a reliability
for traits, so this is too little rather than too much."""

[columns]
grouping = "shared"
feature = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
group_id = "shared"
instrument = "shared"
n = "shared"
pearson_r = "shared"
spearman_r = "shared"
sesoi_r = ["r", "smallest correlation that would matter (setting statistics.sesoi_r), or null"]
pearson_equivalence_p = ["p", """
    that the correlation is not smaller in size than sesoi_r: two one-sided tests by Fisher's z;
    null without sesoi_r"""]
spearman_equivalence_p = ["p", "the same of the rank correlation, variance of Bonett and Wright"]
log10_bayes_factor = ["1", """
    logarithm to the base 10 of bayes_factor: 1 speaks ten to one for a relation, -1 ten to one
    against"""]
bayes_factor = ["1", """
    of any correlation, all being equally likely beforehand, over none (Jeffreys; Ly et al. 2016, κ
    = 1), of Pearson's r; null where r is 1 or -1, and above 1e300"""]
detectable_r = ["r", """
    smallest correlation that n participants show in 80 of 100 samples at the family's level: 0.05
    over its tests"""]
feature_reliability = ["1", """
    of the distance reliability of feature_reliability, of projected icc_ck; null of
    squared_unbiased"""]
instrument_reliability = ["1", "of the settings"]
r_disattenuated = ["r", "correlation without error of measurement; disattenuation_reason if null"]
r_disattenuated_low = ["shared:r_low", "null where there is no test"]
r_disattenuated_high = "shared:r_high_1"
reason = "shared:no_correlation"
disattenuation_reason = ["text", "why there is no r_disattenuated; null where there is one"]
*/
select
    correlations.grouping,
    correlations.feature,
    correlations.expression,
    correlations.supervised,
    correlations.mask,
    correlations.group_id,
    correlations.instrument,
    correlations.n,
    correlations.pearson_r,
    correlations.spearman_r,
    correlations.tests,
    coalesce(correlations.spearman_p, correlations.pearson_p) is not null as tested,
    case settings.statistics_feature
        when 'distance' then feature_reliability.reliability
        when 'projected' then feature_reliability.icc_ck
    end as feature_reliability,
    case settings.statistics_feature
        when 'distance' then feature_reliability.reliability_low
        when 'projected' then feature_reliability.icc_ck_low
    end as feature_reliability_low,
    case settings.statistics_feature
        when 'distance' then feature_reliability.reliability_high
        when 'projected' then feature_reliability.icc_ck_high
    end as feature_reliability_high,
    instruments.reliability as instrument_reliability,
    correlations.reason
from correlations
cross join settings
inner join instruments on correlations.instrument = instruments.instrument
left join feature_reliability
    on
        correlations.grouping = feature_reliability.grouping
        and correlations.feature = feature_reliability.feature
