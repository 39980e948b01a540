/*
row = """
a group of points, the whole face or a measure, in an expression, and what is said for and against
an effect of the cue"""
key = ["grouping", "expression", "group_id"]
materialized = "table"
export = 262
extra = "statistics"
step = "weigh_effects"
note = """
A row for each of supervision_effects. Read with correlation_evidence: the columns are the same, of
mean differences in standard deviations (Cohen's dz)."""

[columns]
grouping = ["shared", "mesh: all points of the face in one group"]
expression = ["shared", "never the neutral one"]
group_id = ["shared", "0 in mesh"]
n = "shared:cue_masks"
cohen_dz = "shared"
sesoi_dz = ["1", "smallest effect that would matter (setting statistics.sesoi_dz), or null"]
equivalence_p = ["p", """
    that the effect is not smaller in size than sesoi_dz: two one-sided tests, by the noncentral t
    distribution; null without sesoi_dz"""]
log10_bayes_factor = ["1", """
    logarithm to the base 10 of bayes_factor: 1 speaks ten to one for an effect, -1 ten to one
    against"""]
bayes_factor = ["1", """
    JZS: of an effect with a Cauchy prior of scale 0.707, over none (Rouder et al. 2009); null
    above 1e300"""]
detectable_dz = ["1", """
    smallest dz that n participants show in 80 of 100 samples at the family's level: 0.05 over its
    tests"""]
reason = ["text", "why nothing was tested; null where something was"]
*/
select
    grouping,
    expression,
    group_id,
    n,
    t,
    cohen_dz,
    tests,
    reason
from supervision_effects
