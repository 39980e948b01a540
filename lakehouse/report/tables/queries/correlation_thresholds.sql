-- description = "How many correlations pass each threshold, and how many chance alone lets pass"
-- people = ["n"]

with correlated as (
    select
        grouping,
        max(n) as n
    from correlations
    group by grouping
)

select
    correlation_thresholds.kind,
    correlation_thresholds.method,
    correlation_thresholds.threshold,
    correlation_thresholds.tests,
    correlation_thresholds.passed,
    correlation_thresholds.expected,
    correlated.n
from correlation_thresholds
inner join settings
    on
        correlation_thresholds.grouping
        = coalesce(settings.primary_grouping, 'kmeans' || settings.clusters_k)
left join correlated on correlation_thresholds.grouping = correlated.grouping
order by
    correlation_thresholds.kind,
    correlation_thresholds.method,
    -correlation_thresholds.threshold
