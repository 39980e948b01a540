/*
row = "a feature beside another"
key = ["feature_a", "feature_b"]
materialized = "table"
export = 190
step = "correlate_feature_pairs"
source = "paper, section 3.2.4"
note = """
Each pair of features stands here once, feature_a before feature_b, over the included participants
who have both. The family of q and bonferroni is all pairs. Most features are related because they
share a face and a neutral photograph, so a correlation here is no discovery.

A pair of fewer participants than statistics.fewest has r, but neither p nor interval, and is not in
the family. For 9 or fewer, p is counted over all their orders."""

[columns]
feature_a = "shared:feature"
expression_a = "shared:expression"
supervised_a = "shared:supervised"
mask_a = ["shared:mask", "never 00-00"]
grouping_a = "shared:grouping"
group_id_a = "shared:group_id"
feature_b = ["shared:feature", "another"]
expression_b = "shared:expression"
supervised_b = "shared:supervised"
mask_b = ["shared:mask", "never 00-00"]
grouping_b = "shared:grouping"
group_id_b = "shared:group_id"
n = "shared"
pearson_r = "shared"
pearson_p = "shared:r_p"
pearson_low = "shared"
pearson_high = "shared:r_high"
pearson_q = "shared:q"
pearson_bonferroni = "shared:bonferroni"
spearman_r = "shared"
spearman_p = "shared:r_p"
spearman_low = "shared"
spearman_high = "shared:r_high"
spearman_q = "shared:q"
spearman_bonferroni = "shared:bonferroni"
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
*/
select
    participant,
    feature as name,
    value,
    expression,
    supervised,
    mask,
    grouping,
    group_id
from features
