/*
row = "a landmark of a photograph"
key = ["participant", "expression", "supervised", "photo", "point"]
materialized = "view"
source = "paper, section 3.2.1 (analyser.py)"
note = """
Empty where the setting database.landmarks is false; the lake's Parquet files hold the landmarks in
any case."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
photo = "shared"
point = "shared:any_point"
x = "shared:photo_x"
y = "shared:photo_y"
z = "shared:photo_z"
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
from internal.photo_points
inner join photos on photo_points.photo_index = photos.photo_index
