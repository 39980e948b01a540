/*
row = "a reason for which something of a participant is left out"
key = ["participant", "reason", "scope"]
materialized = "table"
export = 20
source = "paper, section 3.2.1 (error_verifier.py); the settings relax it"
note = """
Without a usable photograph of the reference (00-00) nobody can be compared with their own neutral
face. Where quality.reference has another face for them, only that mask is left out."""

[columns]
participant = "shared"
reason = ["text", """
    photo_count, missing_mask, no_photos, no_scores, missing_score, degenerate_face,
    several_faces, turned, raised_or_lowered, small_face, unlisted_expression, or a photo's
    status (no_face, damaged, unreadable, unsupported, crashed)"""]
scope = ["text", """
    what is left out: participant (from every result), photo or mask (only those named),
    correlations (from those with the scores named)"""]
detail = ["text", "the masks, photographs or instruments concerned"]
*/
with photographed as (
    -- Who was photographed, which instruments were asked, and who answered any.
    select distinct participant from photos
),

asked as (
    select distinct instrument from scores
),

respondents as (
    select distinct participant from scores
),

scored as (
    -- Of each respondent, how many scores are known, and which are missing.
    select
        respondents.participant,
        count(scores.score) as answered,
        string_agg(
            case when scores.score is null then asked.instrument end, ', '
            order by asked.instrument
        ) as missing
    from respondents
    cross join asked
    left join scores
        on
            respondents.participant = scores.participant
            and asked.instrument = scores.instrument
    group by respondents.participant
),

unusable_photos as (
    -- Photographs that enter no mask. Where a mask needs a certain number of photographs, each of
    -- them excludes its participant.
    select
        photos.participant,
        photo_verdicts.reason,
        case
            when photo_verdicts.reason = 'unlisted_expression' then 'photo'
            when settings.photos_per_mask is null then 'photo'
            else 'participant'
        end as scope,
        string_agg(
            coalesce(photo_verdicts.mask, photos.expression) || ' ' || photos.photo, ', '
            order by photos.photo_index
        ) as detail
    from photos
    inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
    cross join settings
    where not photo_verdicts.usable
    group by photos.participant, photo_verdicts.reason, settings.photos_per_mask
),

photo_counts as (
    -- Cells with more or fewer photographs than the settings ask for.
    select
        cells.participant,
        'photo_count' as reason,
        'participant' as scope,
        string_agg(
            cells.mask || ' has ' || cells.photos || ' of ' || settings.photos_per_mask, ', '
            order by cells.mask
        ) as detail
    from internal.cells
    inner join settings on cells.photos <> settings.photos_per_mask
    group by cells.participant
),

missing_masks as (
    -- Masks without a usable photograph.
    select
        photographed.participant,
        mask_labels.mask,
        mask_labels.is_reference
    from photographed
    cross join mask_labels
    left join internal.cells
        on
            photographed.participant = cells.participant
            and mask_labels.mask = cells.mask
            and cells.usable_photos > 0
    where cells.cell_index is null
),

pictured as (
    -- Who has any mask at all.
    select distinct participant
    from internal.cells
    where usable_photos > 0
),

otherwise_sound as (
    -- Who enters the results, but for the reference.
    select participant from photographed
    except
    select participant from unusable_photos
    where scope = 'participant'
    except
    select participant from photo_counts
    except
    select missing_masks.participant
    from missing_masks
    cross join settings
    where settings.required_masks = 'all' and not missing_masks.is_reference
),

reference_faces_found as (
    -- How many of them have a face of the reference, of which a mean can be made.
    select count(*) as faces
    from internal.cells
    inner join mask_labels on cells.mask = mask_labels.mask
    inner join otherwise_sound on cells.participant = otherwise_sound.participant
    where mask_labels.is_reference and cells.usable_photos > 0
),

needed_masks as (
    -- Each missing mask, and what is left out for it: the participant for the reference, unless
    -- another face can stand for it and there is a mask to compare with it; for the other masks
    -- where the settings say so.
    select
        missing_masks.participant,
        missing_masks.mask,
        case
            when missing_masks.is_reference and settings.reference_face = 'own' then 'participant'
            when settings.reference_face <> 'own' and pictured.participant is null
                then 'participant'
            when
                missing_masks.is_reference
                and settings.reference_face = 'mean'
                and reference_faces_found.faces = 0
                then 'participant'
            when not missing_masks.is_reference and settings.required_masks = 'all'
                then 'participant'
            else 'mask'
        end as scope
    from missing_masks
    cross join settings
    cross join reference_faces_found
    left join pictured on missing_masks.participant = pictured.participant
),

incomplete as (
    select
        participant,
        'missing_mask' as reason,
        scope,
        string_agg(mask, ', ' order by mask) as detail
    from needed_masks
    group by participant, scope
),

seen as (
    -- Who is in a photograph or in a video.
    select participant from photographed
    union
    select participant from videos
),

without_photos as (
    -- People with scores and without photographs, who are in no video either.
    select
        scored.participant,
        'no_photos' as reason,
        'participant' as scope,
        'scores only' as detail
    from scored
    left join seen on scored.participant = seen.participant
    where seen.participant is null
),

without_scores as (
    -- People with photographs or videos and without any score, if the study has scores at all.
    select
        seen.participant,
        'no_scores' as reason,
        'correlations' as scope,
        'every instrument' as detail
    from seen
    left join scored on seen.participant = scored.participant
    where coalesce(scored.answered, 0) = 0 and exists (select 1 from scores)
),

missing_scores as (
    -- People who lack some of the scores.
    select
        participant,
        'missing_score' as reason,
        'correlations' as scope,
        missing as detail
    from scored
    where answered > 0 and missing is not null
)

select
    participant,
    reason,
    scope,
    detail
from unusable_photos
union all
select
    participant,
    reason,
    scope,
    detail
from photo_counts
union all
select
    participant,
    reason,
    scope,
    detail
from incomplete
union all
select
    participant,
    reason,
    scope,
    detail
from without_photos
union all
select
    participant,
    reason,
    scope,
    detail
from without_scores
union all
select
    participant,
    reason,
    scope,
    detail
from missing_scores
