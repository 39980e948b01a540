/*
rule = """
the movement of a muscle, and of a group of muscles, averaged over the participants, is the mean of
its points' movement (point_averages), each point once"""
violations = [
    "update muscle_distances set points = points + 1 where muscle = 'mentalis'",
    "update muscle_group_distances set mean_distance = mean_distance + 1 where mask = '05-00'",
    "delete from muscle_distances where muscle = 'mentalis'",
]
*/
with parts as (
    select distinct
        'muscle' as kind,
        muscle as name,
        point
    from muscles
    union all
    select distinct
        'muscle_group' as kind,
        muscle_group as name,
        point
    from muscles
),

by_point as (
    select
        parts.kind,
        parts.name,
        point_averages.mask,
        avg(point_averages.mean_distance) as expected,
        count(*) as points
    from parts
    inner join point_averages on parts.point = point_averages.point
    group by parts.kind, parts.name, point_averages.mask
),

moved as (
    select
        'muscle' as kind,
        muscle as name,
        mask,
        avg(mean_distance) as found,
        max(points) as points
    from muscle_distances
    group by muscle, mask
    union all
    select
        'muscle_group' as kind,
        muscle_group as name,
        mask,
        avg(mean_distance) as found,
        max(points) as points
    from muscle_group_distances
    group by muscle_group, mask
)

select
    by_point.kind,
    by_point.name,
    by_point.mask,
    by_point.expected,
    moved.found
from by_point
left join moved
    on
        by_point.kind = moved.kind
        and by_point.name = moved.name
        and by_point.mask = moved.mask
where
    moved.found is null
    or moved.points <> by_point.points
    or abs(moved.found - by_point.expected) > 1e-6
