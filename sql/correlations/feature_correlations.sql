/*
row = "a feature beside another"
key = ["feature_a", "feature_b"]
materialized = "table"
step = "correlate_feature_pairs"
source = "paper, section 3.2.4"
note = "Over the included participants, each pair over those who have both; each pair once, feature_a before feature_b. The family of q and bonferroni is all pairs. Features share a face and a neutral photograph, so that most are related is no discovery."

[columns]
feature_a = ["id", "mask, underscore, group_id, as in features"]
feature_b = ["id", "another"]
n = ["count", "participants with both values"]
pearson_r = ["r", "product-moment correlation"]
pearson_p = ["p", "two-sided, Student t with n - 2 degrees of freedom"]
pearson_low = ["r", "lower end of the 95 % confidence interval, by Fisher's z"]
pearson_high = ["r", "upper end of the 95 % confidence interval"]
pearson_q = ["q", "Benjamini-Hochberg adjusted p over the family"]
pearson_bonferroni = ["p", "p times the number of tests of the family, at most 1"]
spearman_r = ["r", "rank correlation, ties averaged"]
spearman_p = ["p", "two-sided, Student t with n - 2 degrees of freedom"]
spearman_low = ["r", "lower end of the 95 % confidence interval, variance of Bonett and Wright"]
spearman_high = ["r", "upper end of the 95 % confidence interval"]
spearman_q = ["q", "Benjamini-Hochberg adjusted p over the family"]
spearman_bonferroni = ["p", "p times the number of tests of the family, at most 1"]
kendall_tau = ["tau", "Kendall's rank correlation, tau-b"]
kendall_p = ["p", "two-sided; exact for 33 participants or fewer without ties"]
loo_low = ["r", "smallest Spearman correlation when one participant after the other is left out; null with three participants, and above 1000, of whom none moves it by more than about 6 over their number"]
loo_high = ["r", "largest Spearman correlation when one participant after the other is left out; null with three participants, and above 1000, of whom none moves it by more than about 6 over their number"]
pearson_loo_low = ["r", "smallest Pearson correlation when one participant after the other is left out; null with three participants"]
pearson_loo_high = ["r", "largest Pearson correlation when one participant after the other is left out; null with three participants"]
family = ["text", "what the adjusted p values are adjusted for"]
tests = ["count", "tests of the family: pairs that have a correlation"]
reason = ["text", "why there is no correlation; null where there is one"]
*/
select
    participant,
    feature as name,
    value
from features
