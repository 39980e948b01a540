/*
row = "a feature beside an instrument"
key = ["grouping", "feature", "instrument"]
materialized = "table"
export = 150
step = "correlate_features"
source = "paper, section 3.2.4"
note = """
The query gives the included participants' features and scores. The Python step correlates every
feature with every instrument, each pair over the participants who have both values.

The family of q, bonferroni and permutation_p is all features × instruments of the grouping; the
family of q_instrument is the grouping's features with the one instrument. The primary family is
Spearman's of kmeans6: kmeans6_eyes repeats it and adds two groups.

A pair of fewer participants than statistics.fewest has r, but neither p nor interval, and is in no
family. For 9 participants or fewer, p is the share of all their orders in which the correlation is
as strong, of Pearson's too. With statistics.blocks the rows of scores are permuted within the
values of that covariate only. Where there is no correlation or no test, reason says why."""

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
pearson_p = "shared:r_p"
pearson_low = "shared"
pearson_high = "shared:r_high"
pearson_q = "shared:q"
pearson_q_instrument = "shared:q_instrument"
pearson_bonferroni = "shared:bonferroni"
spearman_r = "shared"
spearman_p = "shared:r_p"
spearman_low = "shared"
spearman_high = "shared:r_high"
spearman_q = "shared:q"
spearman_q_instrument = "shared:q_instrument"
spearman_bonferroni = "shared:bonferroni"
permutation_p = ["p", """
    chance that the family's strongest Spearman correlation is at least as strong as this one
    where scores and features are unrelated: max-T, rows of scores permuted together; null
    without permutations"""]
permutations = "shared"
kendall_tau = "shared"
kendall_p = "shared"
kendall_low = "shared"
kendall_high = "shared:tau_high"
loo_low = "shared"
loo_high = "shared"
pearson_loo_low = "shared"
pearson_loo_high = "shared"
family = "shared"
tests = "shared"
reason = "shared:no_correlation"
instrument_tests = "shared"
*/
select
    'feature' as kind,
    grouping,
    participant,
    feature as name,
    value,
    expression,
    supervised,
    mask,
    group_id
from feature_values
union all
select
    'instrument' as kind,
    cast(null as varchar) as grouping,
    participant,
    instrument as name,
    score as value,
    cast(null as varchar) as expression,
    cast(null as boolean) as supervised,
    cast(null as varchar) as mask,
    cast(null as integer) as group_id
from analysed_scores
union all
select
    'block' as kind,
    cast(null as varchar) as grouping,
    participant,
    block as name,
    cast(null as double) as value,
    cast(null as varchar) as expression,
    cast(null as boolean) as supervised,
    cast(null as varchar) as mask,
    cast(null as integer) as group_id
from permutation_blocks
