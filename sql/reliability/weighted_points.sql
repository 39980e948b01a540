/*
row = "a point of a group, or of a measure that is a movement, and its share in the feature"
key = ["grouping", "group_id", "point"]
materialized = "ephemeral"

[columns]
grouping = "shared"
group_id = "shared"
point = "shared"
share = ["1", """
    what the point's distance is multiplied by, so that the sum is the feature: negative on the
    right side of a side_difference"""]
*/
with counted as (
    select
        grouping,
        group_id,
        point,
        1.0 as direction,
        count(*) over (partition by grouping, group_id) as points
    from pav_groups
    union all
    select
        'measures' as grouping,
        measure_definitions.group_id,
        measure_points.point,
        case
            when measure_definitions.kind = 'side_difference' and measure_points.side = 'right'
                then -1.0
            else 1.0
        end as direction,
        count(*) over (
            partition by
                measure_definitions.group_id,
                case
                    when measure_definitions.kind = 'side_difference' then measure_points.side
                end
        ) as points
    from measure_points
    inner join measure_definitions on measure_points.measure = measure_definitions.measure
    where
        measure_definitions.kind = 'movement'
        or (
            measure_definitions.kind = 'side_difference'
            and measure_points.side in ('left', 'right')
        )
)

select
    grouping,
    group_id,
    point,
    direction / points as share
from counted
