/*
row = "a point of the neutral face that groups of points are made in and pictures are drawn on"
key = ["point"]
materialized = "table"
internal = true
note = """
It is the mean of the neutral mean masks in both conditions or, where nobody has a neutral mask, the
face that quality.reference names: MediaPipe's canonical one, which has no irises."""

[columns]
point = "shared:any_point"
x = "shared:neutral_place"
y = "shared:neutral_place"
*/
with neutral_masks as (
    select
        mean_masks.point,
        mean_masks.x,
        mean_masks.y
    from mean_masks
    inner join expressions on mean_masks.expression = expressions.expression
    where expressions.code = '00'
),

chosen as (
    select
        point,
        x,
        y
    from neutral_masks
    union all
    select
        point,
        x,
        y
    from internal.reference_faces
    where neutral_index = 0 and not exists (select 1 from neutral_masks)
)

select
    point,
    avg(x) as x,
    avg(y) as y
from chosen
group by point
