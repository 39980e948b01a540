/*
row = "a participant's photographs of one expression and condition"
key = ["participant", "expression", "supervised"]
materialized = "table"
internal = true

[columns]
cell_index = "shared:own_index"
participant = "shared"
expression = "shared"
supervised = "shared"
mask = "shared"
photos = "shared:photos_found"
usable_photos = ["count", "photographs that enter the mask"]
*/
with counted as (
    select
        photos.participant,
        photos.expression,
        photos.supervised,
        photo_verdicts.mask,
        cast(count(*) as integer) as photos,
        cast(count(*) filter (where photo_verdicts.usable) as integer) as usable_photos
    from photos
    inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
    where photo_verdicts.mask is not null
    group by photos.participant, photos.expression, photos.supervised, photo_verdicts.mask
)

select
    cast(
        row_number() over (order by participant, expression, supervised) as integer
    ) as cell_index,
    participant,
    expression,
    supervised,
    mask,
    photos,
    usable_photos
from counted
