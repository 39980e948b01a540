/*
gives = """
how far the skin over a muscle moves from the neutral face, for every participant and mask, by
side"""
example = "select mask, avg(mean_distance) from muscle_distances('zygomaticus_major') group by mask"
kind = "table"

[parameters]
of_muscle = ["id", "as in muscles"]
*/
select
    neutral_distances.participant,
    neutral_distances.expression,
    neutral_distances.supervised,
    neutral_distances.mask,
    muscles.side,
    avg(neutral_distances.distance) as mean_distance
from neutral_distances
inner join muscles on neutral_distances.point = muscles.point
where muscles.muscle = of_muscle
group by
    neutral_distances.participant,
    neutral_distances.expression,
    neutral_distances.supervised,
    neutral_distances.mask,
    muscles.side
