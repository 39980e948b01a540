/*
row = "an included participant, with a column per feature, per score and per covariate"
key = ["participant"]
materialized = "table"
export = 80
note = """
The query gives names and values, and the build spreads them into columns: the features, the scores,
then the covariates. A covariate that is called as a score or a feature is has its name after
covariate_, such as covariate_dbi. Each column's comment is its label."""

[pivot]
name = "name"
value = "value"
text = "category"
place = "place"
label = "label"
unit = "unit"

[columns]
participant = "shared"
"*" = ["aligned px, score points, a measure's unit or as in the file", """
    a feature named as in features, a score named by its instrument, or a covariate"""]
*/
with scores_and_features as (
    select
        analysed_values.participant,
        analysed_values.name,
        analysed_values.value,
        case when analysed_values.kind = 'feature' then 1 else 2 end as place,
        coalesce(feature_list.label_en, instruments.name, analysed_values.name) as label,
        case
            when analysed_values.kind <> 'feature' then 'score points'
            else
                coalesce(dynamics_measures.unit, measure_definitions.unit, 'aligned px')
                || case
                    when
                        settings.statistics_feature = 'squared_unbiased'
                        and dynamics_measures.unit is null
                        then ', squared'
                    else ''
                end
        end as unit
    from internal.analysed_values
    left join feature_list
        on analysed_values.kind = 'feature' and analysed_values.name = feature_list.feature
    left join measure_definitions
        on
            analysed_values.grouping = 'measures'
            and analysed_values.group_id = measure_definitions.group_id
    left join dynamics_measures
        on
            analysed_values.grouping = 'dynamics'
            and analysed_values.group_id = dynamics_measures.group_id
    cross join settings
    left join instruments
        on analysed_values.kind = 'instrument' and analysed_values.name = instruments.instrument
),

taken as (
    select distinct name from scores_and_features
),

of_covariates as (
    -- Covariates of the included participants, renamed where the name is taken.
    select
        covariates.participant,
        case
            when taken.name is null then covariates.covariate
            else 'covariate_' || covariates.covariate
        end as name,
        covariates.value,
        covariates.category,
        covariates.covariate in ('yaw', 'pitch', 'roll') as is_pose,
        replace(covariates.covariate, '_', ' ') as label
    from covariates
    inner join participants on covariates.participant = participants.participant
    left join taken on covariates.covariate = taken.name
    where participants.included
)

select
    participant,
    name,
    value,
    cast(null as varchar) as category,
    place,
    label,
    unit
from scores_and_features
union all
select
    participant,
    name,
    value,
    category,
    3 as place,
    case when is_pose then label || ' of the head, mean over the photographs' else label end
        as label,
    case when is_pose then 'deg' else 'as in the file' end as unit
from of_covariates
