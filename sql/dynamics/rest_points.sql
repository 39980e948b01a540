/*
row = "a landmark of a participant's face in the neutral photographs, aligned as frames are"
key = ["participant", "point"]
materialized = "table"
videos = true
internal = true
note = """
Empty unless video.neutral is photos. Of the photographs without a cue in which a face was found,
whatever the settings of quality say."""

[columns]
participant = "shared"
point = "shared:any_point"
x = ["aligned px", "mean over the photographs"]
y = ["aligned px", "mean over the photographs"]
z = ["aligned px", "mean over the photographs; null where the landmarks came without"]
*/
with found as (
    select
        source_landmarks.participant,
        source_landmarks.photo,
        source_landmarks.point,
        cast(source_landmarks.x as double) as x,
        cast(source_landmarks.y as double) as y,
        cast(source_landmarks.z as double) as z
    from source_landmarks
    inner join source_photos
        on
            source_landmarks.participant = source_photos.participant
            and source_landmarks.expression = source_photos.expression
            and source_landmarks.supervised = source_photos.supervised
            and source_landmarks.photo = source_photos.photo
    inner join expressions on source_photos.expression = expressions.expression
    inner join settings on settings.video_neutral = 'photos'
    where
        expressions.code = '00'
        and not source_photos.supervised
        and source_photos.status = 'ok'
),

foreheads as (
    select
        participant,
        photo,
        x,
        y
    from found
    where point = 10
),

moments as (
    select
        foreheads.participant,
        foreheads.photo,
        foreheads.x + sum(basis_shares.share * (found.x - foreheads.x)) as x,
        foreheads.y + sum(basis_shares.share * (found.y - foreheads.y)) as y,
        sum(basis_shares.share * found.z) as z,
        sum(basis_shares.share * (found.x - foreheads.x)) as right_x,
        sum(basis_shares.share * (found.y - foreheads.y)) as down_y,
        sum(
            basis_shares.share
            * (power(found.x - foreheads.x, 2) + power(found.y - foreheads.y, 2))
        ) as squared,
        sum(
            basis_shares.share
            * (
                (found.x - foreheads.x) * basis_shares.x
                + (found.y - foreheads.y) * basis_shares.y
            )
        ) as along,
        sum(
            basis_shares.share
            * (
                (found.y - foreheads.y) * basis_shares.x
                - (found.x - foreheads.x) * basis_shares.y
            )
        ) as across,
        min(basis_shares.centre_x) as centre_x,
        min(basis_shares.centre_y) as centre_y,
        min(basis_shares.centre_z) as centre_z
    from found
    inner join foreheads
        on found.participant = foreheads.participant and found.photo = foreheads.photo
    inner join basis_shares on found.point = basis_shares.point
    group by foreheads.participant, foreheads.photo, foreheads.x, foreheads.y
    having count(*) = min(basis_shares.points)
),

fits as (
    select
        participant,
        photo,
        x,
        y,
        z,
        along / nullif(squared - right_x * right_x - down_y * down_y, 0) as scaled_cos,
        across / nullif(squared - right_x * right_x - down_y * down_y, 0) as scaled_sin,
        centre_x,
        centre_y,
        centre_z
    from moments
)

select
    found.participant,
    found.point,
    avg(
        fits.centre_x
        + fits.scaled_cos * (found.x - fits.x)
        + fits.scaled_sin * (found.y - fits.y)
    ) as x,
    avg(
        fits.centre_y
        - fits.scaled_sin * (found.x - fits.x)
        + fits.scaled_cos * (found.y - fits.y)
    ) as y,
    avg(
        fits.centre_z
        + sqrt(fits.scaled_cos * fits.scaled_cos + fits.scaled_sin * fits.scaled_sin)
        * (found.z - fits.z)
    ) as z
from found
inner join fits on found.participant = fits.participant and found.photo = fits.photo
where fits.scaled_cos * fits.scaled_cos + fits.scaled_sin * fits.scaled_sin > 0
group by found.participant, found.point
