/*
row = "a threshold, and how many correlations of a grouping pass it"
key = ["grouping", "method", "kind", "threshold"]
materialized = "table"
note = """
These are the thresholds by which the study sorted its correlations: p from 0.05 to 5e-15, and |r|
from 0.1 to 0.9. Where nothing is related, tests × threshold of the p values are expected to pass by
chance. Pairs that are not tested, such as those of too few participants, do not count."""

[columns]
grouping = "shared"
method = ["id", "pearson, spearman or kendall"]
kind = ["id", """
    p: a correlation passes if its p is at or below the threshold; r: if its size is at or above
    it"""]
threshold = ["p or r", "the threshold"]
tests = ["count", "correlations of features with scores"]
passed = ["count", "correlations that pass"]
expected = ["count", "p values that are expected to pass by chance alone; null for r"]
*/
with correlated as (
    select
        grouping,
        'pearson' as method,
        pearson_p as p,
        pearson_r as r
    from correlations
    union all
    select
        grouping,
        'spearman' as method,
        spearman_p as p,
        spearman_r as r
    from correlations
    union all
    select
        grouping,
        'kendall' as method,
        kendall_p as p,
        kendall_tau as r
    from correlations
),

listed as (
    select
        'p' as kind,
        unnest([
            5e-2, 5e-3, 5e-4, 5e-5, 5e-6, 5e-7, 5e-8,
            5e-9, 5e-10, 5e-11, 5e-12, 5e-13, 5e-14, 5e-15
        ]) as threshold
    union all
    select
        'r' as kind,
        unnest([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) as threshold
),

thresholds as (
    select
        kind,
        cast(threshold as double) as threshold
    from listed
)

select
    correlated.grouping,
    correlated.method,
    thresholds.kind,
    thresholds.threshold,
    cast(count(correlated.p) as integer) as tests,
    cast(count(*) filter (
        where (thresholds.kind = 'p' and correlated.p <= thresholds.threshold)
        or (
            thresholds.kind = 'r'
            and correlated.p is not null
            and abs(correlated.r) >= thresholds.threshold
        )
    ) as integer) as passed,
    case when thresholds.kind = 'p' then count(correlated.p) * thresholds.threshold end as expected
from correlated
cross join thresholds
group by correlated.grouping, correlated.method, thresholds.kind, thresholds.threshold
