/*
row = "a feature beside an instrument, the covariates of the settings held constant"
key = ["grouping", "feature", "instrument"]
materialized = "table"
export = 170
step = "correlate_given"
note = """
The table is empty unless the setting statistics.covariates names some. Both values are regressed on
the covariates by least squares (for Spearman's correlation ranks on ranks), and the residuals are
correlated. A category enters as one column of 0 and 1 for each level but the first. Yaw, pitch and
roll are those of the feature's own mask (mask_poses). The families are those of correlations.

A pair has r, but neither p nor interval, and is in no family, where its participants, less one for
each independent covariate column, are fewer than statistics.fewest, or fewer than 10: the residuals
of so few have no exact test. Permutations keep to statistics.blocks as in correlations."""

[columns]
grouping = "shared"
feature = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
group_id = "shared"
instrument = "shared"
covariates = ["text", "what is held constant"]
n = ["count", "participants with both values and all covariates"]
pearson_df = ["count", "n - 2, less one for each independent covariate column"]
pearson_r = ["r", "partial product-moment correlation"]
pearson_p = ["shared:p", "Student t with the degrees of freedom beside it"]
pearson_low = ["r", """
    lower end of the 95 % confidence interval, by the BCa bootstrap of the residuals; null without
    bootstraps"""]
pearson_high = "shared:r_high"
pearson_q = "shared:q"
pearson_q_instrument = "shared:q_instrument"
pearson_bonferroni = "shared:bonferroni"
spearman_df = ["count", "n - 2, less one for each independent covariate column"]
spearman_r = ["r", "partial rank correlation"]
spearman_p = ["shared:p", "Student t with the degrees of freedom beside it"]
spearman_low = "shared"
spearman_high = "shared:r_high"
spearman_q = "shared:q"
spearman_q_instrument = "shared:q_instrument"
spearman_bonferroni = "shared:bonferroni"
permutation_p = ["p", """
    chance that the family's strongest partial Spearman correlation is at least as strong as
    this one where nothing is related: max-T, residuals of the scores permuted together
    (Freedman and Lane); null without permutations"""]
permutations = "shared"
family = "shared"
tests = "shared"
reason = "shared:no_correlation"
instrument_tests = "shared"
*/
with axes as (
    -- Yaw, pitch and roll of each mask, below each other.
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

-- Features, scores, the file's covariates, the poses and the blocks, below each other.
select
    'feature' as kind,
    grouping,
    mask,
    participant,
    feature as name,
    value,
    cast(null as varchar) as category,
    expression,
    supervised,
    group_id
from feature_values
union all
select
    'instrument' as kind,
    cast(null as varchar) as grouping,
    cast(null as varchar) as mask,
    participant,
    instrument as name,
    score as value,
    cast(null as varchar) as category,
    cast(null as varchar) as expression,
    cast(null as boolean) as supervised,
    cast(null as integer) as group_id
from analysed_scores
union all
select
    'covariate' as kind,
    cast(null as varchar) as grouping,
    cast(null as varchar) as mask,
    participant,
    covariate as name,
    value,
    category,
    cast(null as varchar) as expression,
    cast(null as boolean) as supervised,
    cast(null as integer) as group_id
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
    cast(null as varchar) as category,
    cast(null as varchar) as expression,
    cast(null as boolean) as supervised,
    cast(null as integer) as group_id
from poses_listed
where value is not null
union all
select
    'block' as kind,
    cast(null as varchar) as grouping,
    cast(null as varchar) as mask,
    participant,
    block as name,
    cast(null as double) as value,
    cast(null as varchar) as category,
    cast(null as varchar) as expression,
    cast(null as boolean) as supervised,
    cast(null as integer) as group_id
from permutation_blocks
