/*
row = "a landmark of a photograph"
key = ["participant", "expression", "supervised", "photo", "point"]
materialized = "view"
source = "paper, section 3.2.1 (analyser.py)"
note = "Empty where the setting database.landmarks is false; the lake's Parquet files hold them in any case."

[columns]
participant = ["id", "text, leading zeros kept"]
expression = ["id", "lower-case word of the settings' list"]
supervised = ["flag", "true where an emoji was shown as cue"]
photo = ["id", "the photograph within its cell"]
point = ["id", "0-467 face mesh, 468-477 irises"]
x = ["px", "to the right, from the upright photo's top left corner"]
y = ["px", "downwards"]
z = ["px", "depth, smaller is nearer; null where the landmarks came without"]
*/
select
    photos.participant,
    photos.expression,
    photos.supervised,
    photos.photo,
    photo_points.point,
    photo_points.x,
    photo_points.y,
    photo_points.z
from photo_points
inner join photos on photo_points.photo_index = photos.photo_index
