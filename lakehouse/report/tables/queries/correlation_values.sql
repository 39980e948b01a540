-- description = "A participant's features and scores, those that are correlated"
-- personal = true
-- relations = ["correlations", "features", "scores"]

with correlated as (
    select distinct
        correlations.feature,
        correlations.instrument
    from correlations
    inner join settings
        on
            correlations.grouping
            = coalesce(settings.primary_grouping, 'kmeans' || settings.clusters_k)
),

scored as (
    select
        scores.participant,
        scores.instrument,
        scores.score
    from scores
    inner join participants on scores.participant = participants.participant
    where
        participants.included
        and scores.score is not null
        and scores.instrument in (select correlated.instrument from correlated)
),

named as (
    select
        participant,
        feature as name,
        value
    from features
    where
        feature in (select correlated.feature from correlated)
        and participant in (select scored.participant from scored)
    union all
    select
        participant,
        instrument as name,
        score as value
    from scored
)

pivot named on name using first(value)
group by participant
order by participant
