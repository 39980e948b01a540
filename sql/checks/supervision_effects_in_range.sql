/*
rule = """
p lies between 0 and 1, q is never below p, the rank-biserial correlation lies between -1 and 1, and
an estimate within its interval, in either comparison; every expression and group that can be
compared is there"""
violations = [
    "delete from supervision_effects where group_id = 7",
    "delete from supervision_effects where grouping = 'mesh'",
    "update supervision_effects set noise_difference = -1",
    "update supervision_effects set mean_difference = 2, noise_difference = 2, over_noise = 3",
    "update supervision_effects set reason = null",
    "update supervision_effects set paper_reason = null, paper_t_p = 1.1",
    "update supervision_effects set paper_reason = null, paper_t_p = 0.5, paper_t_q = 0.4",
    "update supervision_effects set paper_noise_difference = -1",
    "update supervision_effects set n = paper_n + 1",
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
),

sides as (
    -- Both comparisons, below each other.
    select
        'own' as compared_with,
        grouping,
        expression,
        group_id,
        case when n <= paper_n then n end as n,
        mean_difference,
        noise_difference,
        over_noise,
        difference_low,
        difference_high,
        t_p,
        t_q,
        cohen_dz,
        dz_low,
        dz_high,
        wilcoxon_p,
        wilcoxon_q,
        rank_biserial,
        reason
    from supervision_effects
    union all
    select
        'paper' as compared_with,
        grouping,
        expression,
        group_id,
        paper_n as n,
        paper_mean_difference as mean_difference,
        paper_noise_difference as noise_difference,
        paper_over_noise as over_noise,
        paper_difference_low as difference_low,
        paper_difference_high as difference_high,
        paper_t_p as t_p,
        paper_t_q as t_q,
        paper_cohen_dz as cohen_dz,
        paper_dz_low as dz_low,
        paper_dz_high as dz_high,
        paper_wilcoxon_p as wilcoxon_p,
        paper_wilcoxon_q as wilcoxon_q,
        paper_rank_biserial as rank_biserial,
        paper_reason as reason
    from supervision_effects
)

select
    groups_listed.grouping,
    groups_listed.expression,
    groups_listed.group_id,
    sides.compared_with,
    sides.t_p,
    sides.t_q,
    sides.wilcoxon_p,
    sides.wilcoxon_q,
    sides.rank_biserial
from groups_listed
left join sides
    on
        groups_listed.grouping = sides.grouping
        and groups_listed.expression = sides.expression
        and groups_listed.group_id = sides.group_id
where
    sides.n is null
    or (sides.t_p is null) <> (sides.reason is not null)
    or sides.t_p < 0 or sides.t_p > 1
    or sides.wilcoxon_p < 0 or sides.wilcoxon_p > 1
    or sides.t_q < sides.t_p or sides.t_q > 1
    or sides.wilcoxon_q < sides.wilcoxon_p
    or sides.wilcoxon_q > 1
    or sides.noise_difference < 0
    or abs(
        sides.over_noise * sides.noise_difference
        - sides.mean_difference
    ) > 1e-6
    or abs(sides.rank_biserial) > 1 + 1e-9
    or sides.cohen_dz < sides.dz_low
    or sides.cohen_dz > sides.dz_high
    or sides.mean_difference < sides.difference_low
    or sides.mean_difference > sides.difference_high
    or isnan(sides.mean_difference) or isnan(sides.cohen_dz)
