/*
rule = """
averaged over the participants, pair_changes_by_mask is the mean of pair_changes over all pairs;
every mask has each pair once"""
violations = [
    "delete from internal.pair_changes_once where point_b = 467 and mask = '05-00'",
    "delete from internal.pair_changes_once where mask = '07-01'",
    "update internal.pair_changes_once set mean_change = mean_change + 1e-5",
    "update internal.pair_changes_once set mean_abs_change = mean_abs_change * 1.01",
    "update internal.pair_changes_once set mean_change = null where mask = '07-01'",
    "update pair_changes_by_mask set mean_change = 0 where participant = '001'",
]
*/
with by_pair as (
    select
        mask,
        count(*) as pairs,
        2 * sum(mean_change) / (468 * 467) as mean_change,
        2 * sum(mean_abs_change) / (468 * 467) as mean_abs_change
    from internal.pair_changes_once
    group by mask
),

by_person as (
    select
        mask,
        avg(mean_change) as mean_change,
        avg(mean_abs_change) as mean_abs_change
    from pair_changes_by_mask
    group by mask
)

select
    by_person.mask,
    by_pair.pairs,
    by_pair.mean_change,
    by_pair.mean_abs_change,
    by_person.mean_change as mean_change_by_mask,
    by_person.mean_abs_change as mean_abs_change_by_mask
from by_person
left join by_pair on by_person.mask = by_pair.mask
where
    coalesce(by_pair.pairs, 0) <> 468 * 469 / 2
    or (by_pair.mean_change is null) <> (by_person.mean_change is null)
    or abs(by_pair.mean_change - by_person.mean_change) > 1e-6
    or abs(by_pair.mean_abs_change - by_person.mean_abs_change) > 1e-6
