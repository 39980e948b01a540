/*
row = "an instrument beside another"
key = ["instrument_a", "instrument_b"]
materialized = "table"
export = 180
step = "correlate_instrument_pairs"
source = "paper, section 4.2"
note = """
Each pair of instruments stands here once, instrument_a before instrument_b, over the included
participants who have both. The family of q and bonferroni is all pairs.
A pair of fewer participants than statistics.fewest has r, but neither p nor interval, and is not in
the family. For 9 or fewer, p is counted over all their orders."""

[columns]
instrument_a = ["id", "a questionnaire"]
instrument_b = ["id", "another"]
n = ["count", "participants with both scores"]
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
    instrument as name,
    score as value
from analysed_scores
