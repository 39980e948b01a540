/*
row = "a blendshape of a photograph"
key = ["participant", "expression", "supervised", "photo", "blendshape"]
materialized = "table"

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
photo = "shared"
blendshape = "shared"
score = ["0-1", "how strongly it shows"]
*/
select
    source_blendshapes.participant,
    source_blendshapes.expression,
    source_blendshapes.supervised,
    source_blendshapes.photo,
    source_blendshapes.blendshape,
    cast(source_blendshapes.score as double) as score
from source_blendshapes
inner join settings on settings.video_masks = 'photos'
