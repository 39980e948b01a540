-- description = "Points of the mesh in the skin over each muscle"

select
    muscle_group,
    muscle,
    point,
    side
from muscles
order by muscle_group, muscle, point
