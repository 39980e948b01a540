-- description = "How many trials responded, how soon and how far, by expression and group of points"
-- people = ["participants", "latencies"]
-- rests = [["participants", "latencies"]]

with ranged as (
    -- Student's t for 95 % by its expansion in the degrees of freedom (Abramowitz and Stegun 1964,
    -- 26.7.5), from ten participants on right to a thousandth; of fewer there is no interval.
    select
        *,
        case
            when participants >= 10 then
                sd_amplitude / sqrt(participants) * (
                    1.959964
                    + 2.372271 / (participants - 1)
                    + 2.822481 / power(participants - 1, 2)
                    + 2.555852 / power(participants - 1, 3)
                )
        end as amplitude_half,
        case
            when latencies >= 10 then
                sd_latency_s / sqrt(latencies) * (
                    1.959964
                    + 2.372271 / (latencies - 1)
                    + 2.822481 / power(latencies - 1, 2)
                    + 2.555852 / power(latencies - 1, 3)
                )
        end as latency_half
    from stimulus_summary
)

select
    ranged.expression,
    ranged.supervised,
    ranged.grouping || '_' || ranged.group_id as moving_part,
    ranged.trials,
    ranged.responded,
    ranged.responded / ranged.trials as responded_share,
    ranged.participants,
    ranged.latencies,
    ranged.mean_latency_s,
    ranged.mean_latency_s - ranged.latency_half as latency_low,
    ranged.mean_latency_s + ranged.latency_half as latency_high,
    ranged.sd_latency_s,
    ranged.mean_amplitude,
    ranged.mean_amplitude - ranged.amplitude_half as amplitude_low,
    ranged.mean_amplitude + ranged.amplitude_half as amplitude_high,
    ranged.sd_amplitude,
    ranged.mean_rise_duration_s,
    ranged.mean_fall_duration_s,
    ranged.mean_peak_speed
from ranged
inner join dynamics_groups
    on ranged.grouping = dynamics_groups.grouping and ranged.group_id = dynamics_groups.group_id
order by dynamics_groups.group_index, ranged.mask
