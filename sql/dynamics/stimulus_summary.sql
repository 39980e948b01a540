/*
row = "a group of points in a mask: how many trials responded, how far, how soon and how fast"
key = ["mask", "grouping", "group_id"]
materialized = "table"
videos = true
export = 425
note = """
A participant's trials are averaged first, so that people count alike. Latency, rise time and peak
speed are of the trials that have them; amplitude is of all that have a baseline, responded or
not."""

[columns]
expression = "shared"
supervised = "shared"
mask = "shared"
grouping = "shared:dynamics_grouping"
group_id = "shared:dynamics_group_id"
trials = ["count", "trials of the mask"]
responded = ["count", "trials that responded"]
participants = ["count", "participants with such a trial"]
mean_amplitude = "shared:mean_of_people"
sd_amplitude = ["aligned px", "standard deviation over the participants, n - 1"]
latencies = ["count", "participants with a latency"]
mean_latency_s = ["s", "mean of rise_50_s over the participants"]
sd_latency_s = ["s", "standard deviation over the participants, n - 1"]
mean_rise_duration_s = ["s", "mean over the participants"]
mean_fall_duration_s = ["s", "mean over the participants"]
mean_peak_speed = ["aligned px/s", "mean over the participants"]
*/
with by_people as (
    select
        participant,
        expression,
        supervised,
        mask,
        grouping,
        group_id,
        count(*) as trials,
        count(*) filter (where responded) as responded,
        avg(amplitude) as amplitude,
        avg(rise_50_s) as latency_s,
        avg(rise_duration_s) as rise_duration_s,
        avg(fall_duration_s) as fall_duration_s,
        avg(peak_speed) as peak_speed
    from expression_dynamics
    where mask is not null
    group by participant, expression, supervised, mask, grouping, group_id
)

select
    expression,
    supervised,
    mask,
    grouping,
    group_id,
    cast(sum(trials) as integer) as trials,
    cast(sum(responded) as integer) as responded,
    cast(count(*) as integer) as participants,
    avg(amplitude) as mean_amplitude,
    stddev_samp(amplitude) as sd_amplitude,
    cast(count(latency_s) as integer) as latencies,
    avg(latency_s) as mean_latency_s,
    stddev_samp(latency_s) as sd_latency_s,
    avg(rise_duration_s) as mean_rise_duration_s,
    avg(fall_duration_s) as mean_fall_duration_s,
    avg(peak_speed) as mean_peak_speed
from by_people
group by expression, supervised, mask, grouping, group_id
