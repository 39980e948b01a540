/*
row = """
a questionnaire, and how well the scores of people are foretold from all of their movement, by what
was learnt from others"""
key = ["instrument"]
materialized = "table"
export = 315
extra = "statistics"
step = "predict_scores"
note = """
One question in the place of hundreds: do faces say anything about the score? The query gives
products of movement, scores and covariates. The Python step divides the participants into five
folds, four times over. Of each fold the scores are foretold by a ridge regression of all other
participants' scores on the displacements of all points in all masks, as they are in aligned pixels.
Its penalty is chosen among those others, by leaving out one after the other. What is foretold of a
participant is the mean over the four times.

The covariates of statistics.covariates are taken out of scores and movement with coefficients of
the participants learnt from, and so is the mean. Baseline is what they foretell without any
movement: without covariates, the mean score of the participants learnt from.

The intervals come from bootstrap samples of participants. What was foretold of each is held fixed,
so they leave out that other people would also have taught something else.

Behind permutation_p all of this is done again for scores in random order, rows of scores permuted
together; with covariates it is what they leave that is permuted (Freedman and Lane). The statistic
is r √n, and only foretelling in the right direction counts. A tenth of statistics.permutations is
drawn."""

[columns]
instrument = "shared"
covariates = ["text", "what is taken out; null where nothing is"]
n = ["count", "participants with the score, every mask and all covariates"]
left_out = ["count", "included participants with the score who lack a mask or a covariate"]
r = ["r", """
    correlation of what is foretold beyond the baseline with what the baseline leaves; about 0, or
    below, where faces say nothing"""]
r_low = ["r", "lower end of the 95 % interval, predictions held fixed; null without bootstraps"]
r_high = ["r", "upper end of the 95 % interval; null as r_low"]
r_squared = ["share", """
    by which the squared error is less than the baseline's; below 0 where the baseline is
    nearer"""]
r_squared_low = ["share", """
    lower end of the 95 % interval, predictions held fixed; null without bootstraps"""]
r_squared_high = ["share", "upper end of the 95 % interval; null as r_squared_low"]
error = ["score points", "root mean square error of what is foretold"]
baseline_error = ["score points", "the same of the baseline"]
penalty = ["1", """
    median of the penalties chosen, from 0.01 to 10000, over the mean squared length of the
    movement learnt from; the largest stands for hardly any movement used"""]
bootstraps = "shared"
permutation_p = ["p", """
    chance that any questionnaire is foretold so well where scores and faces are unrelated: max-T
    over the questionnaires; null without permutations"""]
permutation_p_alone = ["p", "the same for this questionnaire as if it were the only one"]
permutations = "shared"
tests = ["count", "questionnaires in permutation_p"]
reason = ["text", "why nothing is foretold; null where something is"]
*/
with levels as (
    select distinct
        covariate,
        category as level
    from covariates
    where category is not null
)

-- Products of movement, scores, covariates that are numbers, and a 0 or 1 for each level.
select
    'product' as kind,
    participant_a as participant,
    participant_b as name,
    cast(null as varchar) as level,
    product as value
from internal.movement_products
union all
select
    'instrument' as kind,
    participant,
    instrument as name,
    cast(null as varchar) as level,
    score as value
from analysed_scores
union all
select
    'covariate' as kind,
    participant,
    covariate as name,
    cast(null as varchar) as level,
    value
from covariates
where value is not null
union all
select
    'covariate' as kind,
    covariates.participant,
    covariates.covariate as name,
    levels.level,
    case when covariates.category = levels.level then 1.0 else 0.0 end as value
from covariates
inner join levels on covariates.covariate = levels.covariate
where covariates.category is not null
