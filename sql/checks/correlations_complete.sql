/*
rule = """
every feature of a grouping stands beside every instrument scored by an included participant"""
violations = [
    "delete from correlations where feature = 'm05_00_7'",
    "delete from correlations where instrument = 'bai'",
]
*/
with features_listed as (
    select
        grouping,
        mask,
        group_id
    from internal.group_features
),

instruments_listed as (
    select distinct scores.instrument
    from scores
    inner join participants on scores.participant = participants.participant
    where participants.included
)

select
    features_listed.grouping,
    features_listed.mask,
    features_listed.group_id,
    instruments_listed.instrument
from features_listed
cross join instruments_listed
left join correlations
    on
        features_listed.grouping = correlations.grouping
        and features_listed.mask = correlations.mask
        and features_listed.group_id = correlations.group_id
        and instruments_listed.instrument = correlations.instrument
where correlations.n is null
