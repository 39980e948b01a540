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
),

people as (
    select
        participant,
        count(*) as cells
    from counted
    group by participant
),

earlier as (
    -- How many are before a participant's first, so that a cluster numbers each person's alone.
    select
        participant,
        sum(cells) over (order by participant) - cells as cells
    from people
)

select
    cast(
        earlier.cells + row_number() over (
            partition by counted.participant order by counted.expression, counted.supervised
        ) as integer
    ) as cell_index,
    counted.participant,
    counted.expression,
    counted.supervised,
    counted.mask,
    counted.photos,
    counted.usable_photos
from counted
inner join earlier on counted.participant = earlier.participant
order by cell_index
