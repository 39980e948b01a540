/*
row = "a feature beside an instrument, ranked by the strength of the evidence"
key = ["grouping", "feature", "instrument"]
materialized = "table"
source = "paper, table 1"
note = "Within a grouping, the smallest Spearman p stands first. A small p among hundreds is expected by chance: read q and permutation_p, which know how many tests there were."

[columns]
grouping = ["id", "kmeans6 or kmeans6_eyes"]
rank = ["1", "place within the grouping, from 1"]
comparison = ["text", "the pair in words, as in the paper's table 1"]
feature = ["id", "mask, underscore, group_id, as in features"]
instrument = ["id", "the questionnaire"]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
mask = ["id", "label of expression and condition, such as 05-00"]
spearman_p = ["p", "two-sided"]
spearman_r = ["r", "rank correlation"]
pearson_p = ["p", "two-sided"]
pearson_r = ["r", "product-moment correlation"]
n = ["count", "participants with both values"]
spearman_q = ["q", "Benjamini-Hochberg adjusted p over the grouping's family"]
pearson_q = ["q", "Benjamini-Hochberg adjusted p over the grouping's family"]
permutation_p = ["p", "chance that the grouping's strongest Spearman correlation is so strong where nothing is related"]
spearman_low = ["r", "lower end of the 95 % confidence interval of this correlation alone"]
spearman_high = ["r", "upper end; the best of many is likely to lie above the truth"]
pearson_low = ["r", "lower end of the 95 % confidence interval of this correlation alone"]
pearson_high = ["r", "upper end"]
loo_low = ["r", "smallest Spearman correlation without any one participant"]
loo_high = ["r", "largest Spearman correlation without any one participant"]
family = ["text", "what q and permutation_p are adjusted for"]
tests = ["count", "tests of the family"]
*/
with ranked as (
    select
        grouping,
        feature,
        instrument,
        split_part(feature, '_', 1) as mask,
        split_part(feature, '_', 2) as group_id,
        spearman_p,
        spearman_r,
        pearson_p,
        pearson_r,
        n,
        spearman_q,
        pearson_q,
        permutation_p,
        spearman_low,
        spearman_high,
        pearson_low,
        pearson_high,
        loo_low,
        loo_high,
        family,
        tests,
        cast(
            row_number() over (
                partition by grouping order by spearman_p, pearson_p, feature, instrument
            ) as integer
        ) as rank
    from correlations
    where spearman_p is not null
)

select
    ranked.grouping,
    ranked.rank,
    'Group ' || case when length(ranked.group_id) < 2 then '0' else '' end || ranked.group_id
    || ' of ' || expressions.label_en
    || case when mask_labels.supervised then ', supervised' else ', unsupervised' end
    || ' versus ' || instruments.name as comparison,
    ranked.feature,
    ranked.instrument,
    mask_labels.expression,
    mask_labels.supervised,
    ranked.mask,
    ranked.spearman_p,
    ranked.spearman_r,
    ranked.pearson_p,
    ranked.pearson_r,
    ranked.n,
    ranked.spearman_q,
    ranked.pearson_q,
    ranked.permutation_p,
    ranked.spearman_low,
    ranked.spearman_high,
    ranked.pearson_low,
    ranked.pearson_high,
    ranked.loo_low,
    ranked.loo_high,
    ranked.family,
    ranked.tests
from ranked
inner join mask_labels on ranked.mask = mask_labels.mask
inner join expressions on mask_labels.expression = expressions.expression
inner join instruments on ranked.instrument = instruments.instrument
