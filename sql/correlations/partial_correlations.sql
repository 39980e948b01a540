/*
row = "a feature beside an instrument, the covariates of the settings held constant"
key = ["grouping", "feature", "instrument"]
materialized = "table"
step = "correlate_given"
note = "Empty unless the setting statistics.covariates names some. Both values are reduced to what is left after least squares on the covariates (of ranks on ranks for Spearman's), and the rests are correlated. A category enters as a column of 0 and 1 for each level but the first. Yaw, pitch and roll are those of the feature's own mask (mask_poses). Families are those of correlations."

[columns]
grouping = ["id", "kmeans6 or kmeans6_eyes"]
feature = ["id", "mask, underscore, group_id, as in features"]
instrument = ["id", "the questionnaire"]
covariates = ["text", "what is held constant"]
n = ["count", "participants with both values and all covariates"]
pearson_df = ["count", "degrees of freedom: n - 2, less one for each independent covariate column"]
pearson_r = ["r", "partial product-moment correlation"]
pearson_p = ["p", "two-sided, Student t"]
pearson_low = ["r", "lower end of the 95 % confidence interval, by Fisher's z"]
pearson_high = ["r", "upper end of the 95 % confidence interval"]
pearson_q = ["q", "Benjamini-Hochberg adjusted p over the family"]
pearson_q_instrument = ["q", "Benjamini-Hochberg adjusted p over the instrument's tests alone"]
pearson_bonferroni = ["p", "p times the number of tests of the family, at most 1"]
spearman_df = ["count", "degrees of freedom: n - 2, less one for each independent covariate column"]
spearman_r = ["r", "partial rank correlation"]
spearman_p = ["p", "two-sided, Student t"]
spearman_low = ["r", "lower end of the 95 % confidence interval, variance of Bonett and Wright"]
spearman_high = ["r", "upper end of the 95 % confidence interval"]
spearman_q = ["q", "Benjamini-Hochberg adjusted p over the family"]
spearman_q_instrument = ["q", "Benjamini-Hochberg adjusted p over the instrument's tests alone"]
spearman_bonferroni = ["p", "p times the number of tests of the family, at most 1"]
permutation_p = ["p", "chance that the family's strongest partial Spearman correlation is so strong where nothing is related: max-T, residuals of the scores permuted together (Freedman and Lane); null without permutations"]
permutations = ["count", "random orders behind permutation_p, whose smallest value is 1 / (permutations + 1)"]
family = ["text", "what the adjusted p values are adjusted for"]
tests = ["count", "tests of the family: pairs that have a correlation"]
reason = ["text", "why there is no correlation; null where there is one"]
instrument_tests = ["count", "tests of the family of q_instrument"]
*/
with axes as (
    select unnest(['yaw', 'pitch', 'roll']) as axis
),

poses_listed as (
    select
        mask_poses.mask,
        mask_poses.participant,
        axes.axis as name,
        case axes.axis
            when 'yaw' then mask_poses.yaw when 'pitch' then mask_poses.pitch else mask_poses.roll
        end as value
    from mask_poses
    cross join axes
)

select
    'feature' as kind,
    grouping,
    mask,
    participant,
    mask || '_' || group_id as name,
    mean_distance as value,
    cast(null as varchar) as category
from group_distances
union all
select
    'instrument' as kind,
    cast(null as varchar) as grouping,
    cast(null as varchar) as mask,
    participant,
    instrument as name,
    score as value,
    cast(null as varchar) as category
from analysed_scores
union all
select
    'covariate' as kind,
    cast(null as varchar) as grouping,
    cast(null as varchar) as mask,
    participant,
    covariate as name,
    value,
    category
from covariates
where covariate not in ('yaw', 'pitch', 'roll')
union all
select
    'covariate' as kind,
    cast(null as varchar) as grouping,
    mask,
    participant,
    name,
    value,
    cast(null as varchar) as category
from poses_listed
where value is not null
