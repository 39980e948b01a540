/*
row = "what is known of somebody: a score, a covariate that is a number, or a level of a category"
key = ["kind", "name", "category", "participant"]
materialized = "ephemeral"

[columns]
kind = "shared:balance_kind"
name = "shared:balance_name"
category = "shared:balance_category"
categorical = ["flag", "true for a category"]
participant = "shared"
included = ["flag", "true where the participant enters the results"]
photographed = ["flag", "true where there are photographs of the participant"]
value = ["score points, as in the file, deg or 1", """
    the number; of a category 1 where it is the participant's, 0 where another one is"""]
*/
with people as (
    -- Participants, and who is known by covariates alone.
    select
        participant,
        included,
        photos > 0 as photographed
    from participants
    union all
    select distinct
        covariates.participant,
        false as included,
        false as photographed
    from covariates
    left join participants on covariates.participant = participants.participant
    where participants.participant is null
),

categories as (
    select distinct
        covariate,
        category
    from covariates
    where category is not null
),

known as (
    -- Scores and covariates as they are.
    select
        'instrument' as kind,
        instrument as name,
        'number' as category,
        false as categorical,
        participant,
        score as value
    from scores
    where score is not null
    union all
    select
        'covariate' as kind,
        covariate as name,
        'number' as category,
        false as categorical,
        participant,
        value
    from covariates
    where value is not null
    union all
    select
        'covariate' as kind,
        covariates.covariate as name,
        categories.category,
        true as categorical,
        covariates.participant,
        case when covariates.category = categories.category then 1.0 else 0.0 end as value
    from covariates
    inner join categories on covariates.covariate = categories.covariate
    where covariates.category is not null
)

select
    known.kind,
    known.name,
    known.category,
    known.categorical,
    known.participant,
    people.included,
    people.photographed,
    known.value
from known
inner join people on known.participant = people.participant
