-- description = "How many correlations pass each threshold, and how many chance alone lets pass"

select
    correlation_thresholds.kind,
    correlation_thresholds.method,
    correlation_thresholds.threshold,
    correlation_thresholds.tests,
    correlation_thresholds.passed,
    correlation_thresholds.expected
from correlation_thresholds
inner join settings
    on
        correlation_thresholds.grouping
        = coalesce(settings.primary_grouping, 'kmeans' || settings.clusters_k)
order by
    correlation_thresholds.kind,
    correlation_thresholds.method,
    -correlation_thresholds.threshold
