/*
row = "a reason for which something of a participant is left out"
key = ["participant", "reason", "scope"]
materialized = "table"
export = 20
source = "paper, section 3.2.1 (error_verifier.py); the settings relax it"

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
    inner join photo_verdicts on photos.photo_index = photo_verdicts.photo_index
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
    from cells
    inner join settings on cells.photos <> settings.photos_per_mask
    group by cells.participant
),

missing_masks as (
    -- Masks without a usable photograph. The reference is always needed, the others where the
    -- settings say so.
    select
        photographed.participant,
        'missing_mask' as reason,
        case
            when mask_labels.is_reference or settings.required_masks = 'all' then 'participant'
            else 'mask'
        end as scope,
        string_agg(mask_labels.mask, ', ' order by mask_labels.mask) as detail
    from photographed
    cross join mask_labels
    cross join settings
    left join cells
        on
            photographed.participant = cells.participant
            and mask_labels.mask = cells.mask
            and cells.usable_photos > 0
    where cells.cell_index is null
    group by photographed.participant, scope
),

without_photos as (
    -- People with scores and without photographs.
    select
        scored.participant,
        'no_photos' as reason,
        'participant' as scope,
        'scores only' as detail
    from scored
    left join photographed on scored.participant = photographed.participant
    where photographed.participant is null
),

without_scores as (
    -- People with photographs and without any score, if the study has scores at all.
    select
        photographed.participant,
        'no_scores' as reason,
        'correlations' as scope,
        'every instrument' as detail
    from photographed
    left join scored on photographed.participant = scored.participant
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
from missing_masks
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
