-- description = "Effects of the cue that are smaller than what would matter, by equivalence"

select
    grouping,
    cast(count(equivalence_p) as integer) as tested,
    cast(count(*) filter (where equivalence_p < 0.05) as integer) as smaller
from effect_evidence
group by grouping
order by grouping
