/*
row = """
a questionnaire, or a covariate or one of its categories: who is included beside who is left out"""
key = ["kind", "name", "category"]
materialized = "table"
export = 25
note = """
Left out are all people of whom anything is known and who do not enter the results: with photographs
that do not suffice (exclusions says why), without photographs, and with covariates alone. A number
has one row, a category one for each of its levels. The covariates hold yaw, pitch and roll of the
head too, where there is a usable photograph.

difference is left out less included: of numbers Hedges' g, the difference of the means over the
pooled standard deviation, times 1 - 3 / (4 n - 9), n being both groups together; of a category the
difference of the shares over the root of the mean of both share (1 - share) (Austin). Sizes below
0.1 are usually called balanced. A p says little about size: with a handful left out, a large
difference may have a large p, and there are many rows. Nothing is corrected for that."""

[columns]
kind = "shared:balance_kind"
name = "shared:balance_name"
category = "shared:balance_category"
included_n = ["count", "included participants with a value"]
included_missing = ["count", "included participants without one"]
excluded_n = ["count", "people left out who have a value"]
excluded_missing = ["count", "people left out who have none"]
excluded_without_photos = ["count", "of excluded_n, those without any photograph"]
included_mean = ["score points, as in the file or deg", "of the included; null for a category"]
included_sd = ["score points, as in the file or deg", "n - 1; null for one value and a category"]
excluded_mean = ["score points, as in the file or deg", "of those left out; null for a category"]
excluded_sd = ["score points, as in the file or deg", "n - 1; null for one value and a category"]
included_share = ["share", "of included_n who are of the category; null for a number"]
excluded_share = ["share", "of excluded_n who are of the category; null for a number"]
difference = ["sd", "left out less included, in standard deviations; null where nobody differs"]
welch_p = "shared"
mann_whitney_p = "shared"
fisher_p = "shared"
reason = "shared:nothing_to_compare"
*/
with variables as (
    -- Everything that was asked, whether anybody answered or not.
    select distinct
        'instrument' as kind,
        instrument as name
    from scores
    union all
    select distinct
        'covariate' as kind,
        covariate as name
    from covariates
),

crowd as (
    -- How many people are included, and how many are not.
    select
        count(*) filter (where included) as included,
        count(*) filter (where not included) as excluded
    from participants
),

strangers as (
    -- People who are known by covariates alone.
    select count(distinct covariates.participant) as people
    from covariates
    left join participants on covariates.participant = participants.participant
    where participants.participant is null
),

summarised as (
    select
        kind,
        name,
        category,
        categorical,
        count(value) filter (where included) as included_n,
        count(value) filter (where not included) as excluded_n,
        count(value) filter (where not included and not photographed) as without_photos,
        avg(value) filter (where included) as included_mean,
        avg(value) filter (where not included) as excluded_mean,
        stddev_samp(value) filter (where included) as included_sd,
        stddev_samp(value) filter (where not included) as excluded_sd
    from balance_values
    group by kind, name, category, categorical
),

pooled as (
    -- The yardstick: of numbers the pooled standard deviation, of shares the binomial one.
    select
        kind,
        name,
        category,
        case
            when categorical
                then
                    sqrt(
                        (
                            included_mean * (1 - included_mean)
                            + excluded_mean * (1 - excluded_mean)
                        ) / 2
                    )
            when included_n + excluded_n > 2
                then
                    sqrt(
                        (
                            (included_n - 1) * power(coalesce(included_sd, 0), 2)
                            + (excluded_n - 1) * power(coalesce(excluded_sd, 0), 2)
                        ) / (included_n + excluded_n - 2)
                    )
        end as yardstick,
        case
            when categorical then 1.0
            else 1 - 3 / (4 * cast(included_n + excluded_n as double) - 9)
        end as correction
    from summarised
    where included_n > 0 and excluded_n > 0
)

select
    variables.kind,
    variables.name,
    coalesce(summarised.category, 'number') as category,
    cast(coalesce(summarised.included_n, 0) as integer) as included_n,
    cast(crowd.included - coalesce(summarised.included_n, 0) as integer) as included_missing,
    cast(coalesce(summarised.excluded_n, 0) as integer) as excluded_n,
    cast(
        crowd.excluded + strangers.people - coalesce(summarised.excluded_n, 0) as integer
    ) as excluded_missing,
    cast(coalesce(summarised.without_photos, 0) as integer) as excluded_without_photos,
    case when not summarised.categorical then summarised.included_mean end as included_mean,
    case when not summarised.categorical then summarised.included_sd end as included_sd,
    case when not summarised.categorical then summarised.excluded_mean end as excluded_mean,
    case when not summarised.categorical then summarised.excluded_sd end as excluded_sd,
    case when summarised.categorical then summarised.included_mean end as included_share,
    case when summarised.categorical then summarised.excluded_mean end as excluded_share,
    (summarised.excluded_mean - summarised.included_mean)
    * pooled.correction / nullif(pooled.yardstick, 0) as difference,
    exclusion_tests.welch_p,
    exclusion_tests.mann_whitney_p,
    exclusion_tests.fisher_p,
    case
        when summarised.kind is null then 'nobody has a value'
        when crowd.included = 0 then 'nobody is included'
        when crowd.excluded + strangers.people = 0 then 'nobody is left out'
        else exclusion_tests.reason
    end as reason
from variables
cross join crowd
cross join strangers
left join summarised on variables.kind = summarised.kind and variables.name = summarised.name
left join pooled
    on
        summarised.kind = pooled.kind
        and summarised.name = pooled.name
        and summarised.category = pooled.category
left join internal.exclusion_tests
    on
        summarised.kind = exclusion_tests.kind
        and summarised.name = exclusion_tests.name
        and summarised.category = exclusion_tests.category
