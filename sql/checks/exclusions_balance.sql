/*
rule = """
in exclusion_balance included and left out add up to everybody, means and shares do not stand
together, and the shares of a covariate's categories add up to 1"""
violations = [
    "delete from exclusion_balance where name = 'bai'",
    "update exclusion_balance set included_n = included_n + 1",
    "update exclusion_balance set included_missing = included_missing + 1",
    "update exclusion_balance set excluded_n = excluded_n + 1",
    "update exclusion_balance set included_share = 0.5",
    "update exclusion_balance set excluded_without_photos = excluded_n + 1",
]
*/
with crowd as (
    select
        count(*) filter (where included) as included,
        count(*) filter (where not included) as excluded
    from participants
),

strangers as (
    select count(distinct covariates.participant) as people
    from covariates
    left join participants on covariates.participant = participants.participant
    where participants.participant is null
),

answered as (
    select
        scores.instrument,
        count(scores.score) filter (where participants.included) as included,
        count(scores.score) filter (where not participants.included) as excluded
    from scores
    inner join participants on scores.participant = participants.participant
    group by scores.instrument
),

shares as (
    select
        kind,
        name,
        sum(included_share) as included,
        sum(excluded_share) as excluded
    from exclusion_balance
    group by kind, name
),

judged as (
    select
        exclusion_balance.name,
        exclusion_balance.category,
        exclusion_balance.included_n + exclusion_balance.included_missing <> crowd.included
        or exclusion_balance.excluded_n + exclusion_balance.excluded_missing
        <> crowd.excluded + strangers.people
        or exclusion_balance.excluded_without_photos > exclusion_balance.excluded_n
        or exclusion_balance.included_mean + exclusion_balance.included_share is not null
        or abs(shares.included - 1) > 1e-9
        or abs(shares.excluded - 1) > 1e-9 as wrong
    from exclusion_balance
    cross join crowd
    cross join strangers
    inner join shares
        on exclusion_balance.kind = shares.kind and exclusion_balance.name = shares.name
)

select
    name,
    category
from judged
where wrong
union all
select
    answered.instrument as name,
    'number' as category
from answered
left join exclusion_balance
    on exclusion_balance.kind = 'instrument' and answered.instrument = exclusion_balance.name
where
    exclusion_balance.name is null
    or answered.included <> exclusion_balance.included_n
    or answered.excluded <> exclusion_balance.excluded_n
