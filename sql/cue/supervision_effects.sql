/*
row = """
a group of points, the whole face or a measure, in an expression: how much farther it moves with a
cue than without"""
key = ["grouping", "expression", "group_id"]
materialized = "table"
export = 260
step = "compare_groups"
note = """
The query gives group_distances, as the grouping mesh the whole face, and as the grouping measures
the changes of measures, which are in the measure's unit (measure_definitions) throughout. The
Python step compares each participant's mask with a cue to the same participant's mask without one,
over the participants who have both. The neutral expression is not compared: without a cue it is the
face that all distances are measured from, so it has none.

Noise is what makes the photographs of a cell differ. Each photograph with a cue less the one of the
same place without (photo_group_distances) is an effect of its own; the variance of a participant's
effects over their number is that of noise in the participant's difference. Were it normal, the size
of the difference would be noise_difference on average where the cue changes nothing.

The family of q is all expressions × groups of the grouping. Where there is no test, reason says
why. The effect of the cue cannot be told apart from that of the photographs' order."""

[columns]
grouping = ["shared", "mesh: all points of the face in one group"]
expression = ["shared", "never the neutral one"]
group_id = ["shared", "0 in mesh"]
n = "shared:both_masks"
supervised_mean = ["aligned px", """
    mean distance from the neutral face with a cue, over these participants"""]
unsupervised_mean = ["aligned px", "the same without a cue"]
mean_difference = ["aligned px", "supervised_mean - unsupervised_mean"]
noise_difference = ["aligned px", """
    size that one participant's difference would have on average if the cue changed nothing; null
    where nobody has two photographs of both masks, and for the whole face, whose noise is in
    noise_floor"""]
over_noise = ["1", """
    mean_difference over noise_difference; between -1 and 1 where the cue changes no more than
    noise does in one participant"""]
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
with photographed as (
    -- Distances of groups by photograph, and changes of measures.
    select
        participant,
        expression,
        supervised,
        grouping,
        group_id,
        place,
        mean_distance
    from internal.photo_group_distances
    union all
    select
        photo_measures.participant,
        photo_measures.expression,
        photo_measures.supervised,
        'measures' as grouping,
        measure_definitions.group_id,
        photo_measures.place,
        photo_measures.change as mean_distance
    from photo_measures
    inner join measure_definitions on photo_measures.measure = measure_definitions.measure
    where photo_measures.place is not null
),

effects as (
    -- What the cue changes from photograph to photograph, and how much that varies in a
    -- participant.
    select
        cued.grouping,
        cued.expression,
        cued.group_id,
        var_samp(cued.mean_distance - uncued.mean_distance) / count(*) as variance
    from photographed as cued
    inner join photographed as uncued
        on
            cued.participant = uncued.participant
            and cued.expression = uncued.expression
            and cued.grouping = uncued.grouping
            and cued.group_id = uncued.group_id
            and cued.place = uncued.place
    where
        cued.supervised
        and not uncued.supervised
        and cued.mean_distance is not null
        and uncued.mean_distance is not null
    group by cued.participant, cued.expression, cued.grouping, cued.group_id
    having count(*) > 1
),

noise as (
    -- The mean size of a normal difference of the participants' mean variance.
    select
        grouping,
        expression,
        group_id,
        sqrt(avg(variance) * 2 / pi()) as noise_difference
    from effects
    group by grouping, expression, group_id
),

distances as (
    select
        grouping,
        expression,
        group_id,
        participant,
        supervised,
        mean_distance
    from group_distances
    union all
    select
        'measures' as grouping,
        measures.expression,
        measure_definitions.group_id,
        measures.participant,
        measures.supervised,
        measures.change as mean_distance
    from measures
    inner join measure_definitions on measures.measure = measure_definitions.measure
    union all
    select
        'mesh' as grouping,
        cells.expression,
        0 as group_id,
        cells.participant,
        cells.supervised,
        avg(analysed_distances.distance) as mean_distance
    from internal.analysed_distances
    inner join internal.cells on analysed_distances.cell_index = cells.cell_index
    group by cells.participant, cells.expression, cells.supervised
)

select
    distances.grouping,
    distances.expression,
    distances.group_id,
    distances.participant,
    distances.supervised,
    distances.mean_distance,
    noise.noise_difference
from distances
inner join expressions on distances.expression = expressions.expression
left join noise
    on
        distances.grouping = noise.grouping
        and distances.expression = noise.expression
        and distances.group_id = noise.group_id
where expressions.code <> '00'
