/*
row = "a measure of one's own, as [measures] of lakehouse.toml defines it"
key = ["measure"]
materialized = "table"
export = 62
note = """
Empty unless lakehouse.toml has measures. Each is a group of the grouping measures, and its changes
from the neutral face are features. docs/measures.md says how each kind is computed."""

[columns]
measure = "shared"
kind = ["text", "distance, ratio, angle, movement or side_difference"]
unit = ["text", "of its values: aligned px, deg, or 1 for a ratio"]
group_id = ["id", "its number in the grouping measures, from 0, in the order of the settings"]
muscle = ["id", "the muscle whose points it is computed from; null where points are given"]
points = ["count", "points that it is computed from, as in measure_points"]
side = ["text", "left or right, where all of its points lie on that side; else both"]
label_en = ["text", "what it is called in English"]
label_pt = ["text", "the same in Portuguese; in English where the settings do not say"]
*/
with sides as (
    select
        measure,
        count(*) as points,
        case when count(distinct side) = 1 then min(side) end as side
    from measure_points
    group by measure
)

select
    source_measures.measure,
    source_measures.kind,
    case source_measures.kind
        when 'ratio' then '1' when 'angle' then 'deg' else 'aligned px'
    end as unit,
    source_measures.place as group_id,
    source_measures.muscle,
    cast(sides.points as integer) as points,
    case when sides.side in ('left', 'right') then sides.side else 'both' end as side,
    coalesce(source_measures.label_en, replace(source_measures.measure, '_', ' ')) as label_en,
    coalesce(
        source_measures.label_pt,
        source_measures.label_en,
        replace(source_measures.measure, '_', ' ')
    ) as label_pt
from source_measures
inner join sides on source_measures.measure = sides.measure
