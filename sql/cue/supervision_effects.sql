/*
row = """
a group of points, the whole face or a measure, in an expression: how much farther it moves with a
cue than without"""
key = ["grouping", "expression", "group_id"]
materialized = "table"
export = 260
step = "compare_groups"
note = """
The Python step compares each participant's mask with a cue to the same participant's mask
without one, over the participants who have both. Each mask is measured from the participant's
neutral face of the same condition: that with a cue from the neutral face with a cue, that
without from the one without. So a change of posture between the two blocks of photographs, which
both faces of a block share, is no effect of the cue.

The columns paper_ compare as the paper does: both masks are measured from the neutral face
without a cue. There whatever differs between the blocks, posture, camera or noise that is added,
lengthens the distances with a cue only, and passes for an effect of the cue. The two agree where
nothing differs between the neutral faces. Without neutral faces of both conditions only the
columns paper_ hold anything, and reason says so; nothing is put in the place of the others.
Where quality.reference is not own, the columns paper_ include participants who have no neutral
face of their own.

The grouping mesh is the whole face; the grouping measures has the changes of measures, in the
measure's unit (measure_definitions) throughout; the grouping dynamics has the means of
dynamics_measures in theirs. The neutral expression is not compared, because distances are measured
from it.

Noise is what makes the photographs of a cell differ. Each photograph with a cue less the one of
the same place without (photo_group_distances) is an effect of its own; the variance of a
participant's effects over their number is that of noise in the participant's difference. Were it
normal, the size of the difference would be noise_difference on average where the cue changes
nothing.

The family of q is all expressions × groups of the grouping. Where there is no test, reason says
why. The effect of the cue cannot be told apart from that of the photographs' order."""

[columns]
grouping = ["shared", "mesh: all points of the face in one group"]
expression = ["shared", "never the neutral one"]
group_id = ["shared", "0 in mesh"]
n = "shared:cue_masks"
supervised_mean = ["aligned px", """
    mean distance from the neutral face with a cue, in the mask with a cue"""]
unsupervised_mean = ["aligned px", """
    mean distance from the neutral face without a cue, in the mask without"""]
mean_difference = ["aligned px", "supervised_mean - unsupervised_mean"]
noise_difference = ["aligned px", """
    size that one participant's difference would have on average if the cue changed nothing; null
    where nobody has two photographs of all these faces, and for the whole face, whose noise is in
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
paper_n = "shared"
paper_supervised_mean = ["aligned px", """
    mean distance of the mask with a cue, from the neutral face without"""]
paper_unsupervised_mean = ["aligned px", """
    mean distance of the mask without a cue, from the neutral face without"""]
paper_mean_difference = ["aligned px", "paper_supervised_mean - paper_unsupervised_mean"]
paper_noise_difference = ["aligned px", "as noise_difference, of paper_mean_difference"]
paper_over_noise = ["1", "as over_noise, of paper_mean_difference"]
paper_sd_difference = "shared"
paper_difference_low = "shared"
paper_difference_high = "shared"
paper_t = "shared"
paper_t_p = "shared"
paper_t_q = ["q", "as t_q, of paper_mean_difference"]
paper_cohen_dz = "shared"
paper_dz_low = "shared"
paper_dz_high = "shared"
paper_wilcoxon_p = ["p", "as wilcoxon_p, of paper_mean_difference"]
paper_wilcoxon_q = ["q", "as wilcoxon_q, of paper_mean_difference"]
paper_rank_biserial = ["r", "as rank_biserial, of paper_mean_difference"]
paper_family = ["text", "what the paper_ columns' q is adjusted for"]
paper_tests = "shared"
paper_reason = ["text", "why there is no paper_t; null where there is one"]
*/
with two_photographs as (
    -- A photograph with a cue, and the one of the same place of the neutral face with a cue.
    select
        face.photo_index,
        face.place,
        neutral.photo_index as neutral_photo_index,
        cells.participant,
        cells.expression
    from internal.cued_cells
    inner join internal.cells on cued_cells.cell_index = cells.cell_index
    inner join internal.photo_pairs as face on cued_cells.cell_index = face.cell_index
    inner join internal.photo_pairs as neutral
        on cued_cells.neutral_index = neutral.cell_index and face.place = neutral.place
),

moved as (
    -- How far the points of movements lie apart in the two.
    select
        two_photographs.participant,
        two_photographs.expression,
        two_photographs.place,
        measure_points.measure,
        measure_points.side,
        sqrt(
            power(face.x - neutral.x, 2)
            + power(face.y - neutral.y, 2)
            + case
                when settings.distance_dimensions = 3 then power(face.z - neutral.z, 2) else 0
            end
        ) as distance
    from two_photographs
    inner join internal.measured_landmarks as face
        on two_photographs.photo_index = face.photo_index
    inner join internal.measured_landmarks as neutral
        on
            two_photographs.neutral_photo_index = neutral.photo_index
            and face.point = neutral.point
    inner join measure_points on face.point = measure_points.point
    cross join settings
),

movements as (
    select
        moved.participant,
        moved.expression,
        moved.place,
        moved.measure,
        case measure_definitions.kind
            when 'movement' then avg(moved.distance)
            else
                avg(case when moved.side = 'left' then moved.distance end)
                - avg(case when moved.side = 'right' then moved.distance end)
        end as change
    from moved
    inner join measure_definitions on moved.measure = measure_definitions.measure
    group by
        moved.participant, moved.expression, moved.place, moved.measure, measure_definitions.kind
),

of_measures as (
    -- Changes of measures, from the reference and from the neutral face with a cue.
    select
        photo_measures.participant,
        photo_measures.expression,
        photo_measures.supervised,
        'measures' as grouping,
        measure_definitions.group_id,
        photo_measures.place,
        photo_measures.change as paper_distance,
        case
            when not photo_measures.supervised then photo_measures.change
            when measure_definitions.kind in ('movement', 'side_difference') then movements.change
            else photo_measures.value - neutral.value
        end as own_distance
    from photo_measures
    inner join measure_definitions on photo_measures.measure = measure_definitions.measure
    left join photo_measures as neutral
        on
            photo_measures.participant = neutral.participant
            and photo_measures.place = neutral.place
            and photo_measures.measure = neutral.measure
            and neutral.mask = '00-01'
    left join movements
        on
            photo_measures.participant = movements.participant
            and photo_measures.expression = movements.expression
            and photo_measures.place = movements.place
            and photo_measures.measure = movements.measure
    where photo_measures.place is not null
),

cue_photographs as (
    select
        participant,
        expression,
        supervised,
        grouping,
        group_id,
        place,
        mean_distance as paper_distance,
        own_distance
    from internal.photo_group_distances
    union all
    select
        participant,
        expression,
        supervised,
        grouping,
        group_id,
        place,
        paper_distance,
        own_distance
    from of_measures
),

effects as (
    -- What the cue changes from photograph to photograph, and how much that varies in a
    -- participant.
    select
        cued.grouping,
        cued.expression,
        cued.group_id,
        var_samp(cued.own_distance - uncued.own_distance)
        / count(cued.own_distance - uncued.own_distance) as own_variance,
        var_samp(cued.paper_distance - uncued.paper_distance)
        / count(cued.paper_distance - uncued.paper_distance) as paper_variance
    from cue_photographs as cued
    inner join cue_photographs as uncued
        on
            cued.participant = uncued.participant
            and cued.expression = uncued.expression
            and cued.grouping = uncued.grouping
            and cued.group_id = uncued.group_id
            and cued.place = uncued.place
    where cued.supervised and not uncued.supervised
    group by cued.participant, cued.expression, cued.grouping, cued.group_id
),

noise as (
    -- The mean size of a normal difference of the participants' mean variance.
    select
        grouping,
        expression,
        group_id,
        sqrt(avg(own_variance) * 2 / pi()) as own_noise,
        sqrt(avg(paper_variance) * 2 / pi()) as paper_noise
    from effects
    group by grouping, expression, group_id
)

select
    cue_distances.grouping,
    cue_distances.expression,
    cue_distances.group_id,
    cue_distances.participant,
    cue_distances.supervised,
    cue_distances.own_distance,
    cue_distances.paper_distance,
    noise.own_noise,
    noise.paper_noise
from internal.cue_distances
left join noise
    on
        cue_distances.grouping = noise.grouping
        and cue_distances.expression = noise.expression
        and cue_distances.group_id = noise.group_id
