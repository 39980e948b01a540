/*
rule = "every photograph is in a mask, or is named by a reason in exclusions, or its participant is"
violations = [
    "delete from exclusions where participant = '005'",
    "delete from exclusions where reason = 'unlisted_expression'",
    """
        delete from internal.photo_alignments where photo_index = (select min(photo_index) from
        internal.photo_alignments)""",
]
*/
select
    photos.participant,
    photos.expression,
    photos.supervised,
    photos.photo,
    photo_verdicts.usable,
    photo_verdicts.reason
from photos
inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
left join internal.photo_alignments on photos.photo_index = photo_alignments.photo_index
where
    photo_alignments.photo_index is null
    and not exists (
        select 1
        from exclusions
        where
            exclusions.participant = photos.participant
            and (exclusions.scope = 'participant' or exclusions.reason = photo_verdicts.reason)
    )
