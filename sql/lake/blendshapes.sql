/*
row = "a blendshape of a photograph"
key = ["participant", "expression", "supervised", "photo", "blendshape"]
materialized = "table"

[columns]
participant = ["id", "text, leading zeros kept"]
expression = ["id", "lower-case word of the settings' list"]
supervised = ["flag", "true where an emoji was shown as cue"]
photo = ["id", "the photograph within its cell"]
blendshape = ["id", "one of the 52 of the Face Landmarker, such as mouthSmileLeft"]
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
