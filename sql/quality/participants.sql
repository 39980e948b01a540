/*
row = "a participant with photographs, videos or scores"
key = ["participant"]
materialized = "table"
export = 10

[columns]
participant = "shared"
included = ["flag", "true where the participant enters the results; where not, exclusions says why"]
photos = "shared:photos_found"
masks = ["count", "masks with at least one usable photograph"]
has_scores = ["flag", "true where at least one score is known"]
compared_with = ["shared", "null where the participant is not included, or has videos only"]
*/
with everyone as (
    select participant from photos
    union
    select participant from videos
    union
    select participant from scores
),

photographed as (
    select
        participant,
        count(*) as photos
    from photos
    group by participant
),

filmed as (
    select distinct participant from videos
),

masked as (
    select
        participant,
        count(*) as masks
    from internal.cells
    where usable_photos > 0
    group by participant
),

scored as (
    select distinct participant
    from scores
    where score is not null
),

with_own_neutral as (
    select cells.participant
    from internal.cells
    inner join mask_labels on cells.mask = mask_labels.mask
    where mask_labels.is_reference and cells.usable_photos > 0
),

excluded as (
    select distinct participant
    from exclusions
    where scope = 'participant'
)

select
    everyone.participant,
    excluded.participant is null as included,
    cast(coalesce(photographed.photos, 0) as integer) as photos,
    cast(coalesce(masked.masks, 0) as integer) as masks,
    scored.participant is not null as has_scores,
    case
        when excluded.participant is not null then null
        when photographed.participant is null and filmed.participant is not null then null
        when with_own_neutral.participant is not null then 'own'
        else settings.reference_face
    end as compared_with
from everyone
cross join settings
left join photographed on everyone.participant = photographed.participant
left join filmed on everyone.participant = filmed.participant
left join masked on everyone.participant = masked.participant
left join scored on everyone.participant = scored.participant
left join excluded on everyone.participant = excluded.participant
left join with_own_neutral on everyone.participant = with_own_neutral.participant
