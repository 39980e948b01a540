/*
row = "an action unit of a participant's mask: the mean of its photographs"
key = ["participant", "expression", "supervised", "action_unit"]
materialized = "table"
note = """
The means of action_unit_scores over the photographs that enter the mask of an included participant.
The change is from the same participant's neutral mask (00-00), and null where there is none."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = "shared"
action_unit = "shared"
score = ["0-1", "mean over the photographs"]
score_left = ["0-1", "of the participant's own left side; null as in action_unit_scores"]
score_right = ["0-1", "of the participant's own right side; null as in action_unit_scores"]
change = ["0-1", "score less that of the neutral mask; -1 to 1"]
change_left = ["0-1", "the same of the left side"]
change_right = ["0-1", "the same of the right side"]
photos = "shared"
*/
with usable as (
    select
        photos.participant,
        photos.expression,
        photos.supervised,
        photos.photo,
        photo_verdicts.mask
    from photos
    inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
    inner join participants on photos.participant = participants.participant
    where photo_verdicts.usable and participants.included
),

averaged as (
    select
        usable.participant,
        usable.expression,
        usable.supervised,
        usable.mask,
        action_unit_scores.action_unit,
        avg(action_unit_scores.score) as score,
        avg(action_unit_scores.score_left) as score_left,
        avg(action_unit_scores.score_right) as score_right,
        cast(count(*) as integer) as photos
    from usable
    inner join action_unit_scores
        on
            usable.participant = action_unit_scores.participant
            and usable.expression = action_unit_scores.expression
            and usable.supervised = action_unit_scores.supervised
            and usable.photo = action_unit_scores.photo
    group by
        usable.participant,
        usable.expression,
        usable.supervised,
        usable.mask,
        action_unit_scores.action_unit
),

at_rest as (
    select
        averaged.participant,
        averaged.action_unit,
        averaged.score,
        averaged.score_left,
        averaged.score_right
    from averaged
    inner join mask_labels on averaged.mask = mask_labels.mask
    where mask_labels.is_reference
)

select
    averaged.participant,
    averaged.expression,
    averaged.supervised,
    averaged.mask,
    averaged.action_unit,
    averaged.score,
    averaged.score_left,
    averaged.score_right,
    averaged.score - at_rest.score as change,
    averaged.score_left - at_rest.score_left as change_left,
    averaged.score_right - at_rest.score_right as change_right,
    averaged.photos
from averaged
left join at_rest
    on
        averaged.participant = at_rest.participant
        and averaged.action_unit = at_rest.action_unit
