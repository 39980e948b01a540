/*
row = "a participant's value of a feature of a grouping"
key = ["participant", "grouping", "feature"]
materialized = "ephemeral"

[columns]
participant = "shared"
feature = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
grouping = "shared"
group_id = "shared"
value = "shared:chosen_value"
*/
with chosen as (
    -- What statistics.feature wants instead of the distance; nothing where it wants that.
    select
        movement_features.participant,
        movement_features.feature,
        case settings.statistics_feature
            when 'projected' then movement_features.projected
            else movement_features.squared_unbiased
        end as value
    from movement_features
    inner join settings on settings.statistics_feature <> 'distance'
)

select
    group_distances.participant,
    group_features.feature,
    group_features.expression,
    group_features.supervised,
    group_features.mask,
    group_features.grouping,
    group_features.group_id,
    case
        when settings.statistics_feature = 'distance' then group_distances.mean_distance
        else chosen.value
    end as value
from group_distances
inner join internal.group_features
    on
        group_distances.mask = group_features.mask
        and group_distances.grouping = group_features.grouping
        and group_distances.group_id = group_features.group_id
cross join settings
left join chosen
    on
        group_distances.participant = chosen.participant
        and group_features.feature = chosen.feature
union all
select
    measures.participant,
    group_features.feature,
    group_features.expression,
    group_features.supervised,
    group_features.mask,
    group_features.grouping,
    group_features.group_id,
    case when settings.statistics_feature = 'distance' then measures.change else chosen.value end
        as value
from measures
inner join measure_definitions on measures.measure = measure_definitions.measure
inner join internal.group_features
    on
        group_features.grouping = 'measures'
        and measures.mask = group_features.mask
        and measure_definitions.group_id = group_features.group_id
cross join settings
left join chosen
    on measures.participant = chosen.participant and group_features.feature = chosen.feature
union all
select
    dynamics_values.participant,
    group_features.feature,
    group_features.expression,
    group_features.supervised,
    group_features.mask,
    group_features.grouping,
    group_features.group_id,
    dynamics_values.value
from internal.dynamics_values
inner join internal.group_features
    on
        group_features.grouping = 'dynamics'
        and dynamics_values.mask = group_features.mask
        and dynamics_values.group_id = group_features.group_id
