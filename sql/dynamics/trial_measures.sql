/*
row = "a measure of a movement's course in one of the trials in which a mask was shown"
key = ["participant", "mask", "group_id", "place"]
materialized = "table"
videos = true
internal = true

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never that of a neutral face"]
group_id = "shared:dynamics_measure"
place = ["count", "place of the trial among the participant's of the mask, from 1"]
value = ["s, aligned px or aligned px/s", "null where the movement has none"]
*/
with placed as (
    select
        trials.trial_index,
        trials.participant,
        trials.expression,
        trials.supervised,
        trials.mask,
        cast(
            row_number() over (
                partition by trials.participant, trials.mask order by trials.trial_index
            ) as integer
        ) as place
    from trials
    inner join participants on trials.participant = participants.participant
    inner join expressions on trials.expression = expressions.expression
    where participants.included and expressions.code <> '00'
)

select
    placed.participant,
    placed.expression,
    placed.supervised,
    placed.mask,
    dynamics_measures.group_id,
    placed.place,
    case dynamics_measures.measure
        when 'onset' then series_dynamics.rise_50_s
        when 'rise' then series_dynamics.rise_90_s - series_dynamics.rise_10_s
        when 'speed' then series_dynamics.peak_speed
        else series_dynamics.amplitude
    end as value
from placed
cross join dynamics_measures
left join internal.series_dynamics
    on
        placed.trial_index = series_dynamics.trial_index
        and dynamics_measures.group_index = series_dynamics.series_index
