/*
row = "something about a participant that is probably a mistake, though the results use it"
key = ["participant", "suspicion"]
materialized = "table"
note = """
Nothing is left out for it: whoever knows the study decides. What is wrong is put right where it
comes from, in the folder of photographs or the file of scores. Photographs are the same where
same_photos says so."""

[columns]
participant = "shared"
suspicion = ["text", """
    photo_twice_in_mask (the same photograph under two names), photo_in_two_masks (for two
    expressions or conditions), photo_of_two_participants; more_photos (than most masks have);
    not_pixels (faces smaller than three pixels, so their landmarks are shares of the picture);
    ids_alike (participants whose ids differ in case, blanks or leading zeros only, unless
    dataset.identity is photo, where ids are paths)"""]
detail = ["text", "the photographs, masks or participants concerned"]
*/
with pictured as (
    -- Photographs of listed expressions that equal another, and where all of these are.
    select
        same_photos.photo_index,
        photos.participant,
        photo_verdicts.mask,
        photos.photo,
        min(photos.participant) over (partition by same_photos.same_as) as first_participant,
        max(photos.participant) over (partition by same_photos.same_as) as last_participant,
        min(photo_verdicts.mask) over (
            partition by same_photos.same_as, photos.participant
        ) as first_mask,
        max(photo_verdicts.mask) over (
            partition by same_photos.same_as, photos.participant
        ) as last_mask,
        min(photos.photo) over (
            partition by same_photos.same_as, photos.participant, photo_verdicts.mask
        ) as first_photo,
        max(photos.photo) over (
            partition by same_photos.same_as, photos.participant, photo_verdicts.mask
        ) as last_photo
    from internal.same_photos
    inner join photos on same_photos.photo_index = photos.photo_index
    inner join internal.photo_verdicts on same_photos.photo_index = photo_verdicts.photo_index
    where photo_verdicts.mask is not null
),

repeated as (
    select
        photo_index,
        participant,
        'photo_twice_in_mask' as suspicion,
        mask || ' ' || photo || ' also as '
        || case when photo = first_photo then last_photo else first_photo end as detail
    from pictured
    where first_photo <> last_photo
    union all
    select
        photo_index,
        participant,
        'photo_in_two_masks' as suspicion,
        mask || ' ' || photo || ' also in '
        || case when mask = first_mask then last_mask else first_mask end as detail
    from pictured
    where first_mask <> last_mask
    union all
    select
        photo_index,
        participant,
        'photo_of_two_participants' as suspicion,
        mask || ' ' || photo || ' also of '
        || case
            when participant = first_participant then last_participant else first_participant
        end as detail
    from pictured
    where first_participant <> last_participant
    union all
    select
        photos.photo_index,
        photos.participant,
        'not_pixels' as suspicion,
        photo_verdicts.mask || ' ' || photos.photo as detail
    from photos
    inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
    inner join internal.photo_anchors on photos.photo_index = photo_anchors.photo_index
    where
        photo_verdicts.mask is not null
        and photo_anchors.alignable
        and photo_anchors.face_height < 3
),

sizes as (
    select
        photos,
        count(*) as cells
    from internal.cells
    group by photos
),

usual as (
    -- The number of photographs that more than half of all cells have, if there is one.
    select sizes.photos
    from sizes
    where 2 * sizes.cells > (select count(*) from internal.cells)
),

folded as (
    -- Ids as they are where case, blanks and leading zeros mean nothing. Those of photographs
    -- without identity are paths, which nobody has typed.
    select
        participants.participant,
        ltrim(lower(replace(participants.participant, ' ', '')), '0') as plain
    from participants
    cross join settings
    where settings.identity = 'participant'
),

likened as (
    select
        participant,
        min(participant) over (partition by plain) as first_participant,
        max(participant) over (partition by plain) as last_participant
    from folded
)

select
    participant,
    suspicion,
    string_agg(detail, ', ' order by photo_index) as detail
from repeated
group by participant, suspicion
union all
select
    cells.participant,
    'more_photos' as suspicion,
    string_agg(
        cells.mask || ' has ' || cells.photos || ', most have ' || usual.photos, ', '
        order by cells.mask
    ) as detail
from internal.cells
inner join usual on cells.photos > usual.photos
-- Of videos, the neutral face has a still of each trial.
inner join settings on settings.video_masks = 'photos'
group by cells.participant
union all
select
    participant,
    'ids_alike' as suspicion,
    'also '
    || case
        when participant = first_participant then last_participant else first_participant
    end as detail
from likened
where first_participant <> last_participant
