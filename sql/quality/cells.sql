/*
row = "a participant's photographs of one expression and condition"
key = ["participant", "expression", "supervised"]
materialized = "table"

[columns]
cell_index = ["id", "number of the cell in this build, in the order of the key; joins the integer-keyed relations"]
participant = ["id", "text, leading zeros kept"]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
mask = ["id", "label of expression and condition, such as 05-00"]
photos = ["count", "photographs found"]
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
    inner join photo_verdicts on photos.photo_index = photo_verdicts.photo_index
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
