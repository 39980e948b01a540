/*
gives = """
for every mask the distance between two points of the face, and how much it differs from the same
participant's neutral face"""
example = "select * from distance_between(61, 291) where expression = 'happiness'"
kind = "table"

[parameters]
point_a = ["id", "0-477"]
point_b = ["id", "0-477"]
*/
with one as (
    select
        participant,
        expression,
        supervised,
        mask,
        x,
        y,
        z
    from masks
    where point = point_a
),

other as (
    select
        participant,
        mask,
        x,
        y,
        z
    from masks
    where point = point_b
),

apart as (
    select
        one.participant,
        one.expression,
        one.supervised,
        one.mask,
        sqrt(power(one.x - other.x, 2) + power(one.y - other.y, 2)) as distance,
        sqrt(
            power(one.x - other.x, 2) + power(one.y - other.y, 2) + power(one.z - other.z, 2)
        ) as distance_3d
    from one
    inner join other on one.participant = other.participant and one.mask = other.mask
)

select
    apart.participant,
    apart.expression,
    apart.supervised,
    apart.mask,
    apart.distance,
    apart.distance_3d,
    apart.distance - neutral.distance as change,
    apart.distance / nullif(neutral.distance, 0) as ratio
from apart
left join apart as neutral
    on apart.participant = neutral.participant and neutral.mask = '00-00'
