/*
rule = "a photograph with a face whose file has the same bytes as another's is named in suspicions"
violations = [
    """
        update photos set sha256 = 'same'
        where participant = '001' and expression = 'happiness' and photo <> '3'""",
    "update photos set sha256 = 'same' where participant <> '005' and expression = 'neutral'",
]
*/
with counted as (
    select
        photos.participant,
        photo_verdicts.mask,
        photos.photo,
        photos.sha256,
        count(*) over (partition by photos.sha256) as files
    from photos
    inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
    where
        photos.status = 'ok'
        and photos.sha256 is not null
        and photo_verdicts.mask is not null
)

select
    counted.participant,
    counted.mask,
    counted.photo,
    counted.sha256
from counted
where
    counted.files > 1
    and not exists (
        select 1
        from suspicions
        where
            suspicions.participant = counted.participant
            and suspicions.suspicion like 'photo\_%' escape '\'
            and suspicions.detail like '%' || counted.mask || ' ' || counted.photo || ' also %'
    )
