/*
row = """
a feature beside an instrument, the feature measured in another way of movement_features than the
one that statistics.feature chooses"""
key = ["kind", "feature", "instrument"]
materialized = "table"
internal = true
step = "correlate_kinds"
note = "strongest_correlations has these beside its own; of included participants."

[columns]
kind = ["id", "distance, projected or squared_unbiased"]
feature = "shared"
instrument = "shared"
spearman_r = "shared"
*/
with every_kind as (
    select unnest(['distance', 'projected', 'squared_unbiased']) as kind
),

kinds as (
    select every_kind.kind
    from every_kind
    inner join settings on every_kind.kind <> settings.statistics_feature
)

select
    kinds.kind,
    movement_features.participant,
    movement_features.feature as name,
    case kinds.kind
        when 'distance' then movement_features.distance
        when 'projected' then movement_features.projected
        else movement_features.squared_unbiased
    end as value
from kinds
cross join movement_features
union all
select
    'instrument' as kind,
    participant,
    instrument as name,
    score as value
from analysed_scores
