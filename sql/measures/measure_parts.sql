/*
row = "a part of a measure: two points whose distance counts, the three of an angle, or one point"
key = ["measure", "part", "place"]
materialized = "table"
internal = true
note = "As the settings give them; of a measure of a muscle there are none, as of one of no points."

[columns]
measure = "shared"
part = ["text", "over, for what a ratio is taken over; else the measure's kind"]
place = ["count", "from 0, in the order of the settings"]
a = ["id", "point of the mesh"]
b = ["id", "the other point, or that at the corner of an angle; null where one point moves"]
c = ["id", "third point of an angle"]
*/
select
    measure,
    part,
    place,
    a,
    b,
    c
from source_measure_parts
