/*
rule = """
a movement rises over 10, 50 and 90 %, reaches its apex and falls under 90 and 50 %, in this order;
what has not responded has none of these times and says why"""
violations = [
    """
        insert into expression_dynamics (participant, video, event, responded, amplitude, threshold,
        rise_10_s, rise_50_s, apex_s) values ('1', 'a', 'b', true, 20, 12, 0.3, 0.2, 1)""",
    """
        insert into expression_dynamics (participant, video, event, responded, amplitude, threshold,
        rise_90_s, apex_s) values ('1', 'a', 'b', true, 20, 12, 1.3, 1)""",
    """
        insert into blendshape_dynamics (participant, video, event, responded, amplitude, threshold,
        fall_90_s, apex_s) values ('1', 'a', 'b', true, 0.3, 0.1, 0.2, 1)""",
    """
        insert into expression_dynamics (participant, video, event, responded, amplitude, threshold,
        apex_s) values ('1', 'a', 'b', true, 11, 12, 1)""",
    """
        insert into expression_dynamics (participant, video, event, responded, reason, apex_s)
        values ('1', 'a', 'b', false, 'below_noise', 1)""",
    """
        insert into expression_dynamics (participant, video, event, responded)
        values ('1', 'a', 'b', false)""",
]
*/
with courses as (
    select
        participant,
        video,
        event,
        responded,
        reason,
        amplitude,
        threshold,
        rise_10_s,
        rise_50_s,
        rise_90_s,
        apex_s,
        fall_90_s,
        fall_50_s
    from expression_dynamics
    union all
    select
        participant,
        video,
        event,
        responded,
        reason,
        amplitude,
        threshold,
        rise_10_s,
        rise_50_s,
        rise_90_s,
        apex_s,
        fall_90_s,
        fall_50_s
    from blendshape_dynamics
)

select
    participant,
    video,
    event,
    rise_10_s,
    rise_50_s,
    rise_90_s,
    apex_s,
    fall_90_s,
    fall_50_s
from courses
where
    case
        when responded
            then
                reason is not null
                or apex_s is null
                or coalesce(amplitude <= threshold, true)
                or coalesce(rise_10_s > rise_50_s + 1e-9, false)
                or coalesce(rise_50_s > rise_90_s + 1e-9, false)
                or coalesce(rise_10_s > rise_90_s + 1e-9, false)
                or coalesce(rise_50_s > apex_s + 1e-9, false)
                or coalesce(rise_90_s > apex_s + 1e-9, false)
                or coalesce(apex_s > fall_90_s + 1e-9, false)
                or coalesce(apex_s > fall_50_s + 1e-9, false)
                or coalesce(fall_90_s > fall_50_s + 1e-9, false)
        else
            reason is null
            or coalesce(rise_10_s, rise_50_s, rise_90_s, apex_s, fall_90_s, fall_50_s) is not null
    end
