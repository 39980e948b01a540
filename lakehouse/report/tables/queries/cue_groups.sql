-- description = "How much farther each part of the face moves with a cue than without"
-- people = ["n", "paper_n"]

select
    expression,
    grouping || '_' || group_id as part,
    n,
    mean_difference,
    difference_low,
    difference_high,
    noise_difference,
    over_noise,
    cohen_dz,
    dz_low,
    dz_high,
    t_p,
    t_q,
    wilcoxon_q,
    tests,
    reason,
    paper_n,
    paper_mean_difference,
    paper_difference_low,
    paper_difference_high,
    paper_cohen_dz,
    paper_dz_low,
    paper_dz_high,
    paper_t_q,
    paper_reason
from supervision_effects
where
    (grouping = 'mesh' or grouping like '%eyes')
    and coalesce(mean_difference, paper_mean_difference) is not null
order by grouping = 'mesh' desc, grouping asc, group_id asc, expression asc
