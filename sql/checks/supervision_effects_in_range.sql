/*
rule = "p lies between 0 and 1, q is never below p, the rank-biserial correlation between -1 and 1, and an estimate within its interval; every expression and group that can be compared is"
*/
with groups_listed as (
    select distinct
        group_distances.grouping,
        group_distances.expression,
        group_distances.group_id
    from group_distances
    inner join expressions on group_distances.expression = expressions.expression
    where expressions.code <> '00'
)

select
    groups_listed.grouping,
    groups_listed.expression,
    groups_listed.group_id,
    supervision_effects.t_p,
    supervision_effects.t_q,
    supervision_effects.wilcoxon_p,
    supervision_effects.wilcoxon_q,
    supervision_effects.rank_biserial
from groups_listed
left join supervision_effects
    on
        groups_listed.grouping = supervision_effects.grouping
        and groups_listed.expression = supervision_effects.expression
        and groups_listed.group_id = supervision_effects.group_id
where
    supervision_effects.n is null
    or (supervision_effects.t_p is null) <> (supervision_effects.reason is not null)
    or supervision_effects.t_p < 0 or supervision_effects.t_p > 1
    or supervision_effects.wilcoxon_p < 0 or supervision_effects.wilcoxon_p > 1
    or supervision_effects.t_q < supervision_effects.t_p or supervision_effects.t_q > 1
    or supervision_effects.wilcoxon_q < supervision_effects.wilcoxon_p
    or supervision_effects.wilcoxon_q > 1
    or abs(supervision_effects.rank_biserial) > 1 + 1e-9
    or supervision_effects.cohen_dz < supervision_effects.dz_low
    or supervision_effects.cohen_dz > supervision_effects.dz_high
    or supervision_effects.mean_difference < supervision_effects.difference_low
    or supervision_effects.mean_difference > supervision_effects.difference_high
    or isnan(supervision_effects.mean_difference) or isnan(supervision_effects.cohen_dz)
