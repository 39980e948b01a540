/*
row = "a mask: how alike participants are in showing it"
key = ["mask"]
materialized = "table"
export = 280
extra = "statistics"
note = """
An expression is regular if everybody shows it the same way. Read resultant_ratio beside
chance_ratio, because it is never 0. In the neutral face with a cue, 00-01, participants were asked
to do nothing; compare the other masks with it. The intervals come from bootstrap samples of the
participants."""

[columns]
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
participants = "shared"
mean_shift = ["aligned px", "length of the mean displacement, mean over the points"]
mean_distance = ["aligned px", "mean length of the displacements, mean over the points"]
resultant_ratio = ["1", """
    mean_shift over mean_distance: 1 if all move the same way; null where nothing moves"""]
ratio_low = ["1", "lower end of the 95 % interval; null without bootstraps"]
ratio_high = ["1", "upper end of the 95 % interval; null without bootstraps"]
chance_ratio = ["1", """
    about what resultant_ratio would be if everybody moved as far, in a direction of their own"""]
mean_cosine = ["1", """
    cosine between a participant's displacements, all points as one vector, and the mean of the
    others', mean over the participants: 1 the same way, 0 no common way"""]
cosine_low = ["1", "lower end of the 95 % interval; null without bootstraps"]
cosine_high = ["1", "upper end of the 95 % interval; null without bootstraps"]
dispersion = ["aligned px", """
    root mean square distance of the participants' displacements from the mean one"""]
dispersion_low = ["aligned px", "lower end of the 95 % interval; null without bootstraps"]
dispersion_high = ["aligned px", "upper end of the 95 % interval; null without bootstraps"]
bootstraps = "shared"
reason = "shared:nothing_to_compare"
*/
with averaged as (
    select
        expression,
        supervised,
        mask,
        max(participants) as participants,
        avg(mean_shift) as mean_shift,
        avg(mean_distance) as mean_distance,
        avg(chance_shift) as chance_shift,
        sqrt(avg(variance)) as dispersion
    from mean_displacements
    group by expression, supervised, mask
)

select
    averaged.expression,
    averaged.supervised,
    averaged.mask,
    averaged.participants,
    averaged.mean_shift,
    averaged.mean_distance,
    averaged.mean_shift / nullif(averaged.mean_distance, 0) as resultant_ratio,
    regularity_intervals.ratio_low,
    regularity_intervals.ratio_high,
    averaged.chance_shift / nullif(averaged.mean_distance, 0) as chance_ratio,
    regularity_intervals.mean_cosine,
    regularity_intervals.cosine_low,
    regularity_intervals.cosine_high,
    averaged.dispersion,
    regularity_intervals.dispersion_low,
    regularity_intervals.dispersion_high,
    regularity_intervals.bootstraps,
    regularity_intervals.reason
from averaged
inner join internal.regularity_intervals on averaged.mask = regularity_intervals.mask
