/*
row = "a group of points in a trial: when it begins to move, how far it goes, and when it returns"
key = ["participant", "video", "event", "grouping", "group_id"]
materialized = "table"
videos = true
export = 410
note = """
Computed from group_motion. The apex is the first frame of the highest level from onset to end,
outside the neutral stretch. The rise over 50 % is the last before the apex; the rise over 10 % is
the last before that, and the rise over 90 % the first after it. The fall under 50 % is the first
after the apex, and the fall under 90 % the last before that.

Between two frames the level is taken to change evenly. A time is null where there is no such
crossing, or where between its two frames no face was seen for longer than both video.window_s and
two and a half median steps. Times may be below 0: the face moved before the onset that is marked.
There is no time of the return to 10 %: noise and the slow end of movements shift it by hundreds of
milliseconds."""

[columns]
participant = "shared"
video = "shared"
event = "shared"
expression = "shared:trial_expression"
supervised = "shared:trial_supervised"
mask = "shared:trial_mask"
grouping = "shared:dynamics_grouping"
group_id = "shared:dynamics_group_id"
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
    dynamics_groups.grouping,
    dynamics_groups.group_id,
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
cross join dynamics_groups
left join internal.series_dynamics
    on
        trials.trial_index = series_dynamics.trial_index
        and dynamics_groups.group_index = series_dynamics.series_index
