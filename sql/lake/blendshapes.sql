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
    participant,
    expression,
    supervised,
    photo,
    blendshape,
    cast(score as double) as score
from source_blendshapes
