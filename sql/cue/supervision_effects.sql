/*
row = "a group of points in an expression: how much farther it moves with a cue than without"
key = ["grouping", "expression", "group_id"]
materialized = "table"
export = 260
step = "compare_groups"
note = """
The query gives group_distances. The Python step compares each participant's mask with a cue to the
same participant's mask without one, over the participants who have both. The neutral expression is
not compared: without a cue it is the face that all distances are measured from, so it has none.

The family of q is all expressions × groups of the grouping. Where there is no test, reason says
why. The effect of the cue cannot be told apart from that of the photographs' order."""

[columns]
grouping = "shared"
expression = ["shared", "never the neutral one"]
group_id = "shared"
n = "shared:both_masks"
supervised_mean = ["aligned px", """
    mean distance from the neutral face with a cue, over these participants"""]
unsupervised_mean = ["aligned px", "the same without a cue"]
mean_difference = ["aligned px", "supervised_mean - unsupervised_mean"]
sd_difference = "shared"
difference_low = "shared"
difference_high = "shared"
t = "shared"
t_p = "shared:p"
t_q = "shared:q"
cohen_dz = "shared"
dz_low = "shared"
dz_high = "shared"
wilcoxon_p = ["p", "signed-rank test, two-sided, zeros as Pratt ranks them"]
wilcoxon_q = "shared:q"
rank_biserial = ["r", """
    ranks of those who move more with a cue less ranks of those who move less, over the sum of
    both: 1 if all who differ move more"""]
family = ["text", "what q is adjusted for"]
tests = "shared:family_tests"
reason = ["text", "why there is no t; null where there is one"]
*/
select
    group_distances.grouping,
    group_distances.expression,
    group_distances.group_id,
    group_distances.participant,
    group_distances.supervised,
    group_distances.mean_distance
from group_distances
inner join expressions on group_distances.expression = expressions.expression
where expressions.code <> '00'
