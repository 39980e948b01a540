/*
row = "a participant's eyes in happiness, beside what the mouth, jaw and head let expect"
key = ["participant", "condition", "side"]
materialized = "table"
step = "coactivation_residuals"
note = """
These are the residuals of the regressions in smile_coactivation, for the participants who enter
them."""

[columns]
participant = "shared"
condition = ["shared", "as in smile_coactivation"]
side = ["id", "as in smile_coactivation"]
eye_narrowing = ["share", "as in smile_measures"]
expected = ["share", "eye_narrowing that the regression predicts"]
residual = ["share", """
    eye_narrowing less expected: > 0 where the eyes narrow more than mouth, jaw and head let
    expect"""]
*/
select
    participant,
    condition,
    side,
    corner_rise,
    eye_narrowing,
    cheek_rise,
    jaw_opening,
    yaw,
    pitch
from smile_measures
