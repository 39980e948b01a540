/*
rule = "a photograph with a face has 468 or 478 landmarks, any other has none; nothing is asked where the setting database.landmarks keeps none"
*/
with counted as (
    select
        photo_index,
        count(*) as landmarks
    from photo_points
    group by photo_index
)

select
    photos.participant,
    photos.expression,
    photos.supervised,
    photos.photo,
    photos.status,
    coalesce(counted.landmarks, 0) as landmarks
from photos
inner join settings on settings.landmarks_kept
left join counted on photos.photo_index = counted.photo_index
where
    (photos.status = 'ok' and coalesce(counted.landmarks, 0) not in (468, 478))
    or (photos.status <> 'ok' and coalesce(counted.landmarks, 0) <> 0)
