/*
row = "a blendshape that frames have, and its number among what is followed through time"
key = ["blendshape"]
materialized = "table"
videos = true
internal = true

[columns]
series_index = "shared"
blendshape = "shared:blendshape"
*/
with named as (
    select distinct blendshape from source_frame_blendshapes
)

select
    cast(1000 + row_number() over (order by blendshape) as integer) as series_index,
    blendshape
from named
