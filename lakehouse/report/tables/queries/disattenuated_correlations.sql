-- description = "The largest correlations, as they are and without error of measurement"
-- people = ["n"]

select
    cast(
        row_number() over (
            order by
                -abs(correlation_evidence.pearson_r),
                correlation_evidence.feature,
                correlation_evidence.instrument
        ) as integer
    ) as place,
    correlation_evidence.feature,
    correlation_evidence.instrument,
    correlation_evidence.n,
    correlation_evidence.pearson_r,
    correlation_evidence.feature_reliability,
    correlation_evidence.instrument_reliability,
    correlation_evidence.r_disattenuated,
    correlation_evidence.r_disattenuated_low,
    correlation_evidence.r_disattenuated_high
from correlation_evidence
inner join settings
    on
        correlation_evidence.grouping
        = coalesce(settings.primary_grouping, 'kmeans' || settings.clusters_k)
where correlation_evidence.r_disattenuated is not null
order by place
limit 12
