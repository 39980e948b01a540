-- description = "Height of the faces from forehead to chin, in classes, and the least that is used"
-- people = ["people"]

with faces as (
    select
        photos.participant,
        photos.expression,
        expressions.code,
        photos.supervised,
        photos.face_height
    from photos
    inner join expressions on photos.expression = expressions.expression
    where photos.status = 'ok' and photos.face_height is not null
),

spread as (
    -- About 25 classes for all faces but the highest and the lowest hundredth.
    select
        greatest(quantile_cont(face_height, 0.99) - quantile_cont(face_height, 0.01), 1) / 25
            as rough
    from faces
),

classes as (
    -- The next of 1, 2, 5, 10, 20, 50 ... pixels.
    select
        power(10, floor(log10(rough))) * case
            when rough / power(10, floor(log10(rough))) <= 1 then 1
            when rough / power(10, floor(log10(rough))) <= 2 then 2
            when rough / power(10, floor(log10(rough))) <= 5 then 5
            else 10
        end as width
    from spread
)

select
    faces.expression,
    faces.supervised,
    floor(faces.face_height / classes.width) * classes.width as low,
    (floor(faces.face_height / classes.width) + 1) * classes.width as high,
    cast(count(*) as integer) as photographs,
    cast(count(distinct faces.participant) as integer) as people,
    cast(
        sum(count(*)) over (partition by faces.code, faces.supervised) as integer
    ) as of_photographs,
    count(*) / sum(count(*)) over (partition by faces.code, faces.supervised) as share,
    any_value(settings.min_face_height) as least
from faces
cross join classes
cross join settings
group by
    faces.code,
    faces.expression,
    faces.supervised,
    classes.width,
    floor(faces.face_height / classes.width)
order by faces.code, faces.supervised, low
