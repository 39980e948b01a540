/*
row = "a mesh point in the skin over a group of muscles, however many of them it lies over"
key = ["muscle_group", "point"]
materialized = "ephemeral"

[columns]
muscle_group = "shared"
point = "shared"
side = "shared"
*/
select distinct
    muscles.muscle_group,
    muscles.point,
    muscles.side
from muscles
