/*
row = "a point of a lower eyelid, added to the groups by hand"
key = ["point"]
materialized = "table"
source = """
paper, section 3.2.3, expansion of the groups (points_above_average_expanded.csv): sets the eyes
beside the smile"""

[columns]
point = "shared"
side = ["text", "the participant's own left or right"]
place = ["1", "order after the clusters: 0 left, 1 right"]
*/
with listed as (
    select
        'left' as side,
        0 as place,
        unnest([
            362, 382, 381, 380, 374, 373, 390, 249, 463, 341, 256, 252, 253, 254, 339, 255, 359
        ]) as point
    union all
    select
        'right' as side,
        1 as place,
        unnest([
            33, 7, 163, 144, 145, 153, 154, 155, 133, 112, 26, 22, 23, 24, 110, 25, 130
        ]) as point
)

select
    cast(point as smallint) as point,
    side,
    place
from listed
