/*
rule = """
p lies between 0 and 1, q is never below p, the rank-biserial correlation lies between -1 and 1, and
an estimate within its interval; every expression and group that can be compared is there"""
violations = [
    "delete from supervision_effects where group_id = 7",
    "delete from supervision_effects where grouping = 'mesh'",
    "update supervision_effects set noise_difference = -1",
    "update supervision_effects set mean_difference = 2, noise_difference = 2, over_noise = 3",
    "update supervision_effects set reason = null",
    "update supervision_effects set t_p = 0.5",
    "update supervision_effects set reason = null, t_p = 1.1",
    "update supervision_effects set reason = null, t_p = -0.1",
    "update supervision_effects set reason = null, t_p = 0.5, t_q = 0.4",
    "update supervision_effects set reason = null, t_p = 0.5, t_q = 1.1",
    "update supervision_effects set reason = null, t_p = 0.5, wilcoxon_p = 1.1",
    "update supervision_effects set reason = null, t_p = 0.5, wilcoxon_p = -0.1",
    "update supervision_effects set reason = null, t_p = 0.5, wilcoxon_p = 0.5, wilcoxon_q = 0.4",
    "update supervision_effects set reason = null, t_p = 0.5, wilcoxon_q = 1.1",
    "update supervision_effects set reason = null, t_p = 0.5, rank_biserial = -1.1",
    "update supervision_effects set reason = null, t_p = 0.5, cohen_dz = 2, dz_low = 3",
    "update supervision_effects set reason = null, t_p = 0.5, cohen_dz = 2, dz_high = 1",
    """
        update supervision_effects set reason = null, t_p = 0.5, mean_difference = 2,
        difference_low = 3""",
    """
        update supervision_effects set reason = null, t_p = 0.5, mean_difference = 2,
        difference_high = 1""",
    "update supervision_effects set reason = null, t_p = 0.5, cohen_dz = 'nan'",
    "update supervision_effects set reason = null, t_p = 0.5, mean_difference = 'nan'",
]
*/
with groups_listed as (
    select distinct
        group_distances.grouping,
        group_distances.expression,
        group_distances.group_id
    from group_distances
    inner join expressions on group_distances.expression = expressions.expression
    where expressions.code <> '00'
    union all
    select distinct
        'measures' as grouping,
        measures.expression,
        measure_definitions.group_id
    from measures
    inner join expressions on measures.expression = expressions.expression
    inner join measure_definitions on measures.measure = measure_definitions.measure
    where expressions.code <> '00'
    union all
    select distinct
        'mesh' as grouping,
        group_distances.expression,
        0 as group_id
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
    or supervision_effects.noise_difference < 0
    or abs(
        supervision_effects.over_noise * supervision_effects.noise_difference
        - supervision_effects.mean_difference
    ) > 1e-6
    or abs(supervision_effects.rank_biserial) > 1 + 1e-9
    or supervision_effects.cohen_dz < supervision_effects.dz_low
    or supervision_effects.cohen_dz > supervision_effects.dz_high
    or supervision_effects.mean_difference < supervision_effects.difference_low
    or supervision_effects.mean_difference > supervision_effects.difference_high
    or isnan(supervision_effects.mean_difference) or isnan(supervision_effects.cohen_dz)
