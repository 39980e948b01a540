/*
row = "a pair of mesh points in a mask, in either order: a cell of the mask's 468 × 468 matrix"
key = ["mask", "point_a", "point_b"]
materialized = "view"
extra = "pairs"
source = "paper, section 3.2.2, first approach, first item (the matrix file of each mask)"
note = """
The matrix is symmetric and stored once, as pair_changes_once. The change is |ab| in the mask less
|ab| in the same participant's reference."""

[columns]
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
point_a = "shared:point"
point_b = ["shared:point", "equal to point_a on the diagonal, where nothing changes"]
mean_change = "shared:pair_mean_change"
mean_abs_change = "shared:pair_mean_abs_change"
sd_change = "shared:pair_sd_change"
participants = ["shared", "those whose mask and reference have every coordinate"]
*/
with both_orders as (
    select
        mask,
        point_a,
        point_b,
        mean_change,
        mean_abs_change,
        sd_change,
        participants
    from internal.pair_changes_once
    union all
    select
        mask,
        point_b as point_a,
        point_a as point_b,
        mean_change,
        mean_abs_change,
        sd_change,
        participants
    from internal.pair_changes_once
    where point_a <> point_b
)

select
    mask_labels.expression,
    mask_labels.supervised,
    both_orders.mask,
    both_orders.point_a,
    both_orders.point_b,
    both_orders.mean_change,
    both_orders.mean_abs_change,
    both_orders.sd_change,
    both_orders.participants
from both_orders
inner join mask_labels on both_orders.mask = mask_labels.mask
