-- description = "What speaks for and against an effect of the cue on each part of the face"
-- people = ["n"]

select
    expression,
    grouping || '_' || group_id as part,
    n,
    cohen_dz,
    bayes_factor,
    log10_bayes_factor,
    sesoi_dz,
    equivalence_p,
    detectable_dz,
    reason
from effect_evidence
where (grouping = 'mesh' or grouping like '%eyes') and cohen_dz is not null
order by grouping = 'mesh' desc, grouping asc, group_id asc, expression asc
