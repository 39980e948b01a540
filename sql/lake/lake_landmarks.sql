/*
row = "a landmark in the lake's files, with the number of its photograph"
key = ["photo_index", "point"]
materialized = "ephemeral"
note = """
To find a photograph by its text keys takes seven times as long as by its number; so this is read
once for photo_points, and by others where that is not kept."""

[columns]
photo_index = "shared"
point = "shared:any_point"
x = "shared:photo_x"
y = "shared:photo_y"
z = "shared:photo_z"
*/
with found as (
    select
        participant,
        expression,
        supervised,
        photo,
        point,
        cast(x as double) as x,
        cast(y as double) as y,
        cast(z as double) as z
    from source_landmarks
    union all
    select
        participant,
        expression,
        supervised,
        photo,
        point,
        x,
        y,
        z
    from internal.still_landmarks
)

select
    photos.photo_index,
    found.point,
    found.x,
    found.y,
    found.z
from found
inner join photos
    on
        found.participant = photos.participant
        and found.expression = photos.expression
        and found.supervised = photos.supervised
        and found.photo = photos.photo
