/*
rule = """
noise is not negative, correlations and asymmetries lie between -1 and 1, shifts within half a
second, and means within their intervals"""
violations = [
    """
        insert into expression_dynamics (participant, video, event, baseline_noise)
        values ('1', 'a', 'b', -1)""",
    """
        insert into synchrony (participant, video, event, r_zero, r_max, lag_s)
        values ('1', 'a', 'b', 0.5, 1.2, 0)""",
    """
        insert into synchrony (participant, video, event, r_zero, r_max, lag_s)
        values ('1', 'a', 'b', 0.5, 0.9, 0.7)""",
    """
        insert into synchrony (participant, video, event, r_zero, r_max, lag_s)
        values ('1', 'a', 'b', 0.95, 0.9, 0.1)""",
    """
        insert into side_asymmetry (participant, video, event, asymmetry)
        values ('1', 'a', 'b', -1.5)""",
    """
        insert into event_averages (mask, trials, participants, mean_level, low, high)
        values ('05-00', 2, 2, 5, 6, 8)""",
    """
        insert into event_averages (mask, trials, participants, mean_level)
        values ('05-00', 1, 2, 5)""",
    """
        insert into stimulus_summary (mask, trials, responded, participants)
        values ('05-00', 1, 2, 1)""",
]
*/
select
    'expression_dynamics' as relation,
    participant || ' ' || video || ' ' || event as place
from expression_dynamics
where baseline_noise < 0
union all
select
    'synchrony' as relation,
    participant || ' ' || video || ' ' || event as place
from synchrony
where
    abs(r_zero) > 1 + 1e-9
    or abs(r_max) > 1 + 1e-9
    or r_max < r_zero - 1e-9
    or abs(lag_s) > 0.5 + 1e-9
union all
select
    'side_asymmetry' as relation,
    participant || ' ' || video || ' ' || event as place
from side_asymmetry
where abs(asymmetry) > 1
union all
select
    'event_averages' as relation,
    mask as place
from event_averages
where
    trials < participants
    or participants < 1
    or low > mean_level
    or high < mean_level
union all
select
    'stimulus_summary' as relation,
    mask as place
from stimulus_summary
where responded > trials or participants > trials
