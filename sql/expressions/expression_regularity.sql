/*
row = "a mask: how alike participants are in showing it"
key = ["mask"]
materialized = "table"
extra = "statistics"
note = "Regular is what everybody shows the same way. Read resultant_ratio beside chance_ratio, for it is never 0. The neutral face with a cue, 00-01, was asked to do nothing and shows what the others are to be held against. Intervals are those of bootstrap samples of the participants."

[columns]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
mask = ["id", "label of expression and condition, such as 05-00; never 00-00"]
participants = ["count", "participants in the means"]
mean_shift = ["aligned px", "length of the mean displacement, mean over the points"]
mean_distance = ["aligned px", "mean length of the displacements, mean over the points"]
resultant_ratio = ["1", "mean_shift over mean_distance: 1 if all move the same way; null where nothing moves"]
ratio_low = ["1", "lower end of the 95 % interval; null without bootstraps"]
ratio_high = ["1", "upper end of the 95 % interval; null without bootstraps"]
chance_ratio = ["1", "what resultant_ratio would be about if everybody moved as far, in a direction of their own"]
mean_cosine = ["1", "mean over the participants of the cosine between their displacements, all points as one vector, and the mean of the others': 1 the same way, 0 no common way"]
cosine_low = ["1", "lower end of the 95 % interval; null without bootstraps"]
cosine_high = ["1", "upper end of the 95 % interval; null without bootstraps"]
dispersion = ["aligned px", "distance of participants' displacements from the mean one, root mean square"]
dispersion_low = ["aligned px", "lower end of the 95 % interval; null without bootstraps"]
dispersion_high = ["aligned px", "upper end of the 95 % interval; null without bootstraps"]
bootstraps = ["count", "samples of the participants behind the intervals"]
reason = ["text", "why there is nothing to compare; null where there is"]
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
inner join regularity_intervals on averaged.mask = regularity_intervals.mask
