/*
rule = """
the standard deviation of a pair's changes is no smaller than their mean and mean size allow, and 0
on the diagonal, where nothing changes; only with fewer than two participants there is none"""
violations = [
    "update internal.pair_changes_once set sd_change = -1 where point_b = 467",
    "update internal.pair_changes_once set sd_change = 0.1 where point_a = 3 and point_b = 3",
    "update internal.pair_changes_once set sd_change = null",
    """
        update internal.pair_changes_once set mean_change = 0, mean_abs_change = 9, sd_change = 1
        where point_a = 3 and point_b = 5""",
]
*/
select
    mask,
    point_a,
    point_b,
    mean_change,
    mean_abs_change,
    sd_change,
    participants
from internal.pair_changes_once
where
    (sd_change is null) <> (participants < 2)
    or sd_change < 0
    or (point_a = point_b and sd_change > 0)
    or power(mean_abs_change, 2)
    > power(mean_change, 2) + power(sd_change, 2) * (participants - 1) / participants + 1e-6
