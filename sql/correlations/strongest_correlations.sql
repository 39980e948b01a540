/*
row = "a feature beside an instrument, ranked by the strength of the evidence"
key = ["grouping", "feature", "instrument"]
materialized = "table"
export = 160
source = "paper, table 1"
note = """
Within a grouping, the smallest permutation_p stands first, and among equal ones, as where there are
no permutations, the smallest Spearman p. A small p among hundreds is expected by chance: read q and
permutation_p, which take the number of tests into account. Pairs that are not tested, such as those
of fewer participants than statistics.fewest, are in correlations only.

The columns spearman_r_ say what the same correlation is with each way of measuring movement
(movement_features); that of the setting statistics.feature is spearman_r itself."""

[columns]
grouping = "shared"
rank = ["1", "place within the grouping, from 1"]
comparison = ["text", "the pair in words"]
feature = "shared"
instrument = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
group_id = "shared"
spearman_p = "shared:p"
spearman_r = ["r", "rank correlation"]
pearson_p = "shared:p"
pearson_r = "shared"
n = "shared"
spearman_q = "shared:q_grouping"
pearson_q = "shared:q_grouping"
permutation_p = ["p", """
    chance that the grouping's strongest Spearman correlation is at least as strong as this one
    where nothing is related"""]
spearman_low = "shared:r_low_alone"
spearman_high = ["r", """
    upper end of the 95 % confidence interval; the strongest of many is likely to lie above the
    truth"""]
pearson_low = "shared:r_low_alone"
pearson_high = ["r", "upper end of the 95 % confidence interval of this correlation alone"]
loo_low = ["r", "smallest Spearman correlation with any one participant left out"]
loo_high = ["r", "largest Spearman correlation with any one participant left out"]
family = ["text", "what q and permutation_p are adjusted for"]
tests = "shared:family_tests"
spearman_r_distance = ["r", "with the feature's distance, as the paper measures"]
spearman_r_projected = ["r", "with its displacement along the others' mean direction"]
spearman_r_squared_unbiased = ["r", "with its mean squared displacement without noise"]
*/
with ranked as (
    -- Correlations by their place within the grouping.
    select
        grouping,
        feature,
        expression,
        supervised,
        mask,
        group_id,
        instrument,
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
                partition by grouping
                order by permutation_p nulls last, spearman_p, pearson_p, feature, instrument
            ) as integer
        ) as rank
    from correlations
    where spearman_p is not null
),

by_kind as (
    select
        feature,
        instrument,
        max(case when kind = 'distance' then spearman_r end) as distance_r,
        max(case when kind = 'projected' then spearman_r end) as projected_r,
        max(case when kind = 'squared_unbiased' then spearman_r end) as squared_r
    from internal.kind_correlations
    group by feature, instrument
)

-- The pair in words.
select
    ranked.grouping,
    ranked.rank,
    feature_list.label_en || ' versus ' || instruments.name as comparison,
    ranked.feature,
    ranked.instrument,
    ranked.expression,
    ranked.supervised,
    ranked.mask,
    ranked.group_id,
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
    ranked.tests,
    case settings.statistics_feature
        when 'distance' then ranked.spearman_r else by_kind.distance_r
    end as spearman_r_distance,
    case settings.statistics_feature
        when 'projected' then ranked.spearman_r else by_kind.projected_r
    end as spearman_r_projected,
    case settings.statistics_feature
        when 'squared_unbiased' then ranked.spearman_r else by_kind.squared_r
    end as spearman_r_squared_unbiased
from ranked
inner join feature_list on ranked.feature = feature_list.feature
inner join instruments on ranked.instrument = instruments.instrument
cross join settings
left join by_kind
    on ranked.feature = by_kind.feature and ranked.instrument = by_kind.instrument
