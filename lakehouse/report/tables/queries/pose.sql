-- description = "How the head was held, in classes of one degree, and the limits there are"
-- people = ["people"]

with angles as (
    select
        photos.participant,
        photos.supervised,
        held.angle,
        held.degrees,
        held.most
    from photos
    inner join expressions on photos.expression = expressions.expression
    cross join settings
    cross join (
        values
        ('yaw', photos.yaw, settings.max_yaw),
        ('pitch', photos.pitch, settings.max_pitch),
        ('roll', photos.roll, null)
    ) as held (angle, degrees, most)
    where photos.status = 'ok'
)

select
    angle,
    supervised,
    cast(floor(degrees) as integer) as low,
    cast(floor(degrees) + 1 as integer) as high,
    cast(count(*) as integer) as photographs,
    cast(count(distinct participant) as integer) as people,
    cast(sum(count(*)) over (partition by angle, supervised) as integer) as of_photographs,
    count(*) / sum(count(*)) over (partition by angle, supervised) as share,
    any_value(most) as most
from angles
where degrees is not null
group by angle, supervised, floor(degrees)
order by case angle when 'yaw' then 1 when 'pitch' then 2 else 3 end, supervised, low
