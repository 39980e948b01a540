-- description = "How far the skin over each muscle moves, in every mask"
-- people = ["participants"]

with listed as (
    select distinct
        muscle,
        muscle_group
    from muscles
)

select
    listed.muscle_group,
    muscle_distances.muscle,
    muscle_distances.expression,
    muscle_distances.supervised,
    max(muscle_distances.points) as points,
    avg(muscle_distances.mean_distance) as mean_distance,
    stddev_samp(muscle_distances.mean_distance) as sd_distance,
    cast(count(*) as integer) as participants
from muscle_distances
inner join listed on muscle_distances.muscle = listed.muscle
group by
    listed.muscle_group,
    muscle_distances.muscle,
    muscle_distances.mask,
    muscle_distances.expression,
    muscle_distances.supervised
order by listed.muscle_group, muscle_distances.muscle, muscle_distances.mask
