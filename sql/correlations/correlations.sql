/*
row = "a feature beside an instrument"
key = ["grouping", "feature", "instrument"]
materialized = "table"
step = "correlate_features"
source = "paper, section 3.2.4"
note = "The query gives the included participants' features and scores; the Python step correlates them on whole matrices, each pair over the participants who have both. The family of q, bonferroni and permutation_p is all features × instruments of the grouping; that of q_instrument the grouping's features with the one instrument. Spearman's family of kmeans6 is the primary one: kmeans6_eyes repeats it and adds two groups. Where there is no correlation, reason says why."

[columns]
grouping = ["id", "kmeans6 or kmeans6_eyes"]
feature = ["id", "mask, underscore, group_id, as in features"]
instrument = ["id", "the questionnaire"]
n = ["count", "participants with both values"]
pearson_r = ["r", "product-moment correlation"]
pearson_p = ["p", "two-sided, Student t with n - 2 degrees of freedom"]
pearson_low = ["r", "lower end of the 95 % confidence interval, by Fisher's z"]
pearson_high = ["r", "upper end of the 95 % confidence interval"]
pearson_q = ["q", "Benjamini-Hochberg adjusted p over the family"]
pearson_q_instrument = ["q", "Benjamini-Hochberg adjusted p over the instrument's tests alone"]
pearson_bonferroni = ["p", "p times the number of tests of the family, at most 1"]
spearman_r = ["r", "rank correlation, ties averaged"]
spearman_p = ["p", "two-sided, Student t with n - 2 degrees of freedom"]
spearman_low = ["r", "lower end of the 95 % confidence interval, variance of Bonett and Wright"]
spearman_high = ["r", "upper end of the 95 % confidence interval"]
spearman_q = ["q", "Benjamini-Hochberg adjusted p over the family"]
spearman_q_instrument = ["q", "Benjamini-Hochberg adjusted p over the instrument's tests alone"]
spearman_bonferroni = ["p", "p times the number of tests of the family, at most 1"]
permutation_p = ["p", "chance that the family's strongest Spearman correlation is so strong where scores and features are unrelated: max-T, rows of scores permuted together; null without permutations"]
permutations = ["count", "random orders behind permutation_p, whose smallest value is 1 / (permutations + 1)"]
kendall_tau = ["tau", "Kendall's rank correlation, tau-b"]
kendall_p = ["p", "two-sided; exact for 33 participants or fewer without ties"]
loo_low = ["r", "smallest Spearman correlation when one participant after the other is left out; null with three participants, and above 1000, of whom none moves it by more than about 6 over their number"]
loo_high = ["r", "largest Spearman correlation when one participant after the other is left out; null with three participants, and above 1000, of whom none moves it by more than about 6 over their number"]
pearson_loo_low = ["r", "smallest Pearson correlation when one participant after the other is left out; null with three participants"]
pearson_loo_high = ["r", "largest Pearson correlation when one participant after the other is left out; null with three participants"]
family = ["text", "what the adjusted p values are adjusted for"]
tests = ["count", "tests of the family: pairs that have a correlation"]
reason = ["text", "why there is no correlation; null where there is one"]
instrument_tests = ["count", "tests of the family of q_instrument"]
*/
select
    'feature' as kind,
    grouping,
    participant,
    mask || '_' || group_id as name,
    mean_distance as value
from group_distances
union all
select
    'instrument' as kind,
    cast(null as varchar) as grouping,
    participant,
    instrument as name,
    score as value
from analysed_scores
