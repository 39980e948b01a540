/*
rule = """
no distance between two points changes by more than the points themselves move; a mean change is
never larger than its mean size"""
violations = [
    """
        update internal.cell_pair_changes set mean_abs_change = 999 where cell_index = (select
        min(cell_index) from internal.cell_displacements)""",
    "update internal.cell_pair_changes set mean_change = -1.1 * mean_abs_change where point = 467",
]
*/
with moved as (
    select
        cell_index,
        avg(distance) as mean_distance
    from internal.analysed_distances
    group by cell_index
)

select
    cell_pair_changes.cell_index,
    cell_pair_changes.point,
    cell_pair_changes.mean_change,
    cell_pair_changes.mean_abs_change,
    analysed_distances.distance,
    moved.mean_distance
from internal.cell_pair_changes
inner join internal.analysed_distances
    on
        cell_pair_changes.cell_index = analysed_distances.cell_index
        and cell_pair_changes.point = analysed_distances.point
inner join moved on cell_pair_changes.cell_index = moved.cell_index
where
    abs(cell_pair_changes.mean_change) > cell_pair_changes.mean_abs_change + 1e-6
    or (
        cell_pair_changes.mean_abs_change
        > (466 * analysed_distances.distance + 468 * moved.mean_distance) / 467 + 1e-6
    )
