/*
row = "a condition and a side of the face: how eyes and mouth go together in happiness"
key = ["condition", "side"]
materialized = "table"
export = 240
step = "coactivation"
note = """
Computed from smile_measures. Posed photographs cannot show whether a smile is felt: this is
coactivation and no more. The slope is that of eye_narrowing on corner_rise by least squares, with
the jaw's opening and the head's turn and raise held constant. Its standard error is robust to
unequal variance (HC3 of MacKinnon and White 1985). Correlations of fewer participants than
statistics.fewest have neither p nor interval; for 9 or fewer, p is counted over all their
orders."""

[columns]
condition = ["shared", "each participant's mean of the two"]
side = ["id", """
    left or right, the participant's own; mean of the two; or difference, left less right:
    asymmetry"""]
n = ["count", "participants with both corner_rise and eye_narrowing"]
corner_rise = ["aligned px", "mean over them"]
corner_rise_low = ["aligned px", "lower end of its 95 % confidence interval (Student's t)"]
corner_rise_high = ["aligned px", "upper end"]
corner_rise_size = ["aligned px", """
    mean of its size without sign: where side is difference, how far a person's sides differ,
    whichever is ahead"""]
eye_narrowing = ["share", "mean over them"]
eye_narrowing_low = ["share", "lower end of its 95 % confidence interval (Student's t)"]
eye_narrowing_high = ["share", "upper end"]
eye_narrowing_size = ["share", "mean of its size without sign"]
cheek_rise = ["aligned px", "mean over them"]
spearman_r = ["r", "rank correlation of eye_narrowing and corner_rise"]
spearman_low = ["r", "lower end of its 95 % confidence interval"]
spearman_high = ["r", "upper end"]
spearman_p = "shared:p"
cheek_spearman_r = ["r", "rank correlation of eye_narrowing and cheek_rise"]
cheek_spearman_low = ["r", "lower end of its 95 % confidence interval"]
cheek_spearman_high = ["r", "upper end"]
cheek_spearman_p = "shared:p"
adjusted_for = ["text", """
    what the slope holds constant: of jaw_opening, yaw and pitch those that are known and
    differ; null where none does"""]
regression_n = ["count", "participants in the regression: with all of these known"]
df = ["count", "its degrees of freedom"]
slope = ["share per aligned px", "how much more the eyes narrow where the corner rises by one more"]
slope_se = ["share per aligned px", "its standard error (HC3)"]
slope_low = ["share per aligned px", "lower end of its 95 % confidence interval (Student's t)"]
slope_high = ["share per aligned px", "upper end"]
slope_p = "shared:p"
residual_sd = ["share", """
    standard deviation of what the regression leaves of eye_narrowing, as in smile_residuals"""]
r_squared = ["share", "of the variance of eye_narrowing that the regression explains"]
reason = "shared:why_null"
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
