/*
row = "a part of the face in a trial: how much farther its left side moves than its right"
key = ["participant", "video", "event", "pair"]
materialized = "table"
videos = true
export = 440
note = """
Of amplitudes, each side's own. There is no lag between the sides: the landmarker pulls both
together, so that of a true lag about half is left."""

[columns]
participant = "shared"
video = "shared"
event = "shared"
expression = "shared:trial_expression"
supervised = "shared:trial_supervised"
mask = "shared:trial_mask"
pair = ["id", "brow, eye, cheek or mouth"]
amplitude_left = ["aligned px", "of the participant's own left side"]
amplitude_right = ["aligned px", "of the participant's own right side"]
asymmetry = ["1", """
    left less right over their sum: 1 where only the left moves, -1 where only the right does; null
    where neither side responded, or an amplitude is below 0"""]
*/
with sided as (
    select
        expression_dynamics.participant,
        expression_dynamics.video,
        expression_dynamics.event,
        expression_dynamics.expression,
        expression_dynamics.supervised,
        expression_dynamics.mask,
        dynamics_groups.side,
        replace(replace(dynamics_groups.name, 'left_', ''), 'right_', '') as pair,
        expression_dynamics.responded,
        expression_dynamics.amplitude
    from expression_dynamics
    inner join dynamics_groups
        on
            expression_dynamics.grouping = dynamics_groups.grouping
            and expression_dynamics.group_id = dynamics_groups.group_id
    where dynamics_groups.grouping = 'regions'
)

select
    one.participant,
    one.video,
    one.event,
    one.expression,
    one.supervised,
    one.mask,
    one.pair,
    one.amplitude as amplitude_left,
    other.amplitude as amplitude_right,
    case
        when (one.responded or other.responded) and one.amplitude >= 0 and other.amplitude >= 0
            then (one.amplitude - other.amplitude) / (one.amplitude + other.amplitude)
    end as asymmetry
from sided as one
inner join sided as other
    on
        one.participant = other.participant
        and one.video = other.video
        and one.event = other.event
        and one.pair = other.pair
where one.side = 'left' and other.side = 'right'
