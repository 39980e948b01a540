/*
row = "an action unit of a photograph, as its blendshapes score it"
key = ["participant", "expression", "supervised", "photo", "action_unit"]
materialized = "table"
note = """
A score is the mean of the unit's blendshapes, as in blendshape_action_units: of those of both sides
(score) and of each side. Where a unit has two blendshapes on a side, or two for the whole face
(AU17, AU28), it is the mean of both, for the larger of two grows by chance alone. It says how
strongly a unit shows, and is no intensity from A to E."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "null where the expression is not in the settings' list"]
photo = "shared"
action_unit = "shared"
score = ["0-1", "mean of the unit's blendshapes"]
score_left = ["0-1", "of the participant's own left side; null where one score is for both"]
score_right = ["0-1", "of the participant's own right side; null where one score is for both"]
*/
with scored as (
    select
        blendshapes.participant,
        blendshapes.expression,
        blendshapes.supervised,
        blendshapes.photo,
        blendshape_action_units.action_unit,
        avg(blendshapes.score) as score,
        avg(case blendshape_action_units.side when 'left' then blendshapes.score end) as score_left,
        avg(case blendshape_action_units.side when 'right' then blendshapes.score end)
            as score_right
    from blendshapes
    inner join blendshape_action_units
        on blendshapes.blendshape = blendshape_action_units.blendshape
    where blendshape_action_units.action_unit is not null
    group by
        blendshapes.participant,
        blendshapes.expression,
        blendshapes.supervised,
        blendshapes.photo,
        blendshape_action_units.action_unit
)

select
    scored.participant,
    scored.expression,
    scored.supervised,
    mask_labels.mask,
    scored.photo,
    scored.action_unit,
    scored.score,
    scored.score_left,
    scored.score_right
from scored
left join mask_labels
    on scored.expression = mask_labels.expression and scored.supervised = mask_labels.supervised
