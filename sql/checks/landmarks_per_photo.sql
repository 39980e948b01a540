/*
rule = """
a photograph with a face has 468 or 478 landmarks, any other has none; the rule is not tested where
the setting database.landmarks keeps no landmarks"""
violations = [
    """
        delete from internal.photo_points
        where photo_index = (select min(photo_index) from internal.photo_alignments)""",
    """
        delete from internal.photo_points where photo_index = (select min(photo_index) from
        internal.photo_alignments) and point = 477""",
    """
        insert into internal.photo_points
        values ((select min(photo_index) from photos where status =
        'no_face'), 0, 1, 1, 1)""",
]
*/
with counted as (
    select
        photo_index,
        count(*) as landmarks
    from internal.photo_points
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
