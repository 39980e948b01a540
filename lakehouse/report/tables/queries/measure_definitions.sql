-- description = "The measures of one's own, as lakehouse.toml defines them"

select
    measure,
    measure as measure_name,
    label_en,
    label_pt,
    kind as measure_kind,
    unit,
    points,
    muscle,
    side
from measure_definitions
order by group_id
