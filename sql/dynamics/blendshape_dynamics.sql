/*
row = "a blendshape in a trial: when it begins to rise, how far it goes, and when it returns"
key = ["participant", "video", "event", "blendshape"]
materialized = "table"
videos = true
export = 420
note = """
As expression_dynamics, of scores instead of distances. The threshold is 0.1 at least."""

[columns]
participant = "shared"
video = "shared"
event = "shared"
expression = "shared:trial_expression"
supervised = "shared:trial_supervised"
mask = "shared:trial_mask"
blendshape = "shared:blendshape"
baseline = "shared:dynamics_baseline"
baseline_noise = "shared:dynamics_noise"
threshold = "shared:dynamics_threshold"
responded = "shared:dynamics_responded"
reason = "shared:dynamics_reason"
amplitude = "shared:dynamics_amplitude"
rise_10_s = "shared:dynamics_rise_10"
rise_50_s = "shared:dynamics_rise_50"
rise_90_s = "shared:dynamics_rise_90"
fall_90_s = "shared:dynamics_fall_90"
fall_50_s = "shared:dynamics_fall_50"
rise_duration_s = "shared:dynamics_rise"
fall_duration_s = "shared:dynamics_fall"
apex_s = "shared:dynamics_apex"
peak_speed = "shared:dynamics_speed"
area = "shared:dynamics_area"
*/
select
    trials.participant,
    trials.video,
    trials.event,
    trials.expression,
    trials.supervised,
    trials.mask,
    blendshape_series.blendshape,
    series_dynamics.baseline,
    series_dynamics.baseline_noise,
    series_dynamics.threshold,
    coalesce(series_dynamics.responded, false) as responded,
    case
        when series_dynamics.responded then null
        when trials.frames < 3 then 'too_few_frames'
        when series_dynamics.baseline is null then 'no_neutral'
        when series_dynamics.amplitude is null then 'too_few_frames'
        when series_dynamics.amplitude <= series_dynamics.threshold then 'below_noise'
        else 'too_few_frames'
    end as reason,
    series_dynamics.amplitude,
    series_dynamics.rise_10_s,
    series_dynamics.rise_50_s,
    series_dynamics.rise_90_s,
    series_dynamics.fall_90_s,
    series_dynamics.fall_50_s,
    series_dynamics.rise_90_s - series_dynamics.rise_10_s as rise_duration_s,
    series_dynamics.fall_50_s - series_dynamics.fall_90_s as fall_duration_s,
    series_dynamics.apex_s,
    series_dynamics.peak_speed,
    series_dynamics.area
from trials
cross join internal.blendshape_series
left join internal.series_dynamics
    on
        trials.trial_index = series_dynamics.trial_index
        and blendshape_series.series_index = series_dynamics.series_index
