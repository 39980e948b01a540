/*
row = "a test of the primary family: a feature beside an instrument"
key = ["feature", "instrument"]
materialized = "view"
export = 155
source = "Benjamini and Hochberg (1995); Holm (1979)"
note = """
The family that the settings name under statistics.primary, and that `lakehouse prereg` writes down
before scores are read. Its p values are corrected within it alone: where it was named beforehand, q
and holm stand for themselves. Where it was chosen among others after their results were seen, they
say nothing."""

[columns]
feature = "shared"
instrument = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
grouping = "shared"
group_id = "shared"
method = ["text", "spearman, pearson or kendall"]
direction = ["text", "either, positive or negative: the sign that was expected"]
n = "shared"
r = ["r", "correlation by the method; Kendall's is tau-b"]
p = ["p", """
    two-sided where either sign was expected; else one-sided: half of it, or where the sign is the
    other one, 1 less half of it"""]
q = ["p", "Benjamini-Hochberg within this family"]
holm = ["p", "p adjusted by Holm's step-down rule within this family"]
rank = ["1", "place in the family by p, from 1"]
tests = "shared:family_tests"
*/
with chosen as (
    select
        correlations.feature,
        correlations.instrument,
        correlations.expression,
        correlations.supervised,
        correlations.mask,
        correlations.grouping,
        correlations.group_id,
        settings.primary_method as method,
        settings.primary_direction as direction,
        correlations.n,
        case settings.primary_method
            when 'spearman' then correlations.spearman_r
            when 'pearson' then correlations.pearson_r
            else correlations.kendall_tau
        end as r,
        case settings.primary_method
            when 'spearman' then correlations.spearman_p
            when 'pearson' then correlations.pearson_p
            else correlations.kendall_p
        end as two_sided
    from correlations
    inner join settings
        on
            correlations.grouping
            = coalesce(settings.primary_grouping, 'kmeans' || settings.clusters_k)
    inner join instruments
        on correlations.instrument = instruments.instrument and instruments.is_primary
),

tested as (
    select
        feature,
        instrument,
        expression,
        supervised,
        mask,
        grouping,
        group_id,
        method,
        direction,
        n,
        r,
        case
            when direction = 'either' then two_sided
            when (direction = 'positive') = (r > 0) then two_sided / 2
            else 1 - two_sided / 2
        end as p
    from chosen
    where two_sided is not null
),

placed as (
    select
        feature,
        instrument,
        expression,
        supervised,
        mask,
        grouping,
        group_id,
        method,
        direction,
        n,
        r,
        p,
        cast(row_number() over (order by p, feature, instrument) as integer) as rank,
        cast(count(*) over () as integer) as tests
    from tested
)

select
    feature,
    instrument,
    expression,
    supervised,
    mask,
    grouping,
    group_id,
    method,
    direction,
    n,
    r,
    p,
    min(least(p * tests / rank, 1)) over (
        order by rank rows between current row and unbounded following
    ) as q,
    max(least(p * (tests - rank + 1), 1)) over (order by rank) as holm,
    rank,
    tests
from placed
order by rank
