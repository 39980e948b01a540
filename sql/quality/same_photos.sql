/*
row = "a photograph with a face that another photograph equals"
key = ["photo_index"]
materialized = "table"
internal = true
note = """
Photographs are equal if their files have the same bytes, or if the landmarks that align a face lie
at the same places: forehead, chin and eyes to the last bit, and the 33 points of procrustes_basis
within a millionth of a pixel. So it is where a file was only renamed, or stored again without a
loss. No two pictures taken one after the other are that alike."""

[columns]
photo_index = "shared"
same_as = ["id", "photo_index of the first of the photographs that equal each other"]
*/
with candidates as (
    -- Whose forehead, chin and eyes lie at the same places.
    select
        photo_index,
        centre_x,
        centre_y,
        upper_size,
        min(photo_index) over (
            partition by forehead_x, forehead_y, forehead_z, face_height, eye_roll
        ) as same_as
    from internal.photo_anchors
    where alignable
),

by_landmarks as (
    -- Sums, so that the order in which points were added tells in the last bits.
    select
        candidates.photo_index,
        case
            when
                abs(candidates.centre_x - firsts.centre_x) < 1e-6
                and abs(candidates.centre_y - firsts.centre_y) < 1e-6
                and abs(candidates.upper_size - firsts.upper_size) < 1e-6
                then candidates.same_as
            else candidates.photo_index
        end as same_as
    from candidates
    inner join candidates as firsts on candidates.same_as = firsts.photo_index
),

by_bytes as (
    select
        photo_index,
        min(photo_index) over (partition by sha256) as same_as
    from photos
    where status = 'ok' and sha256 is not null
),

by_either as (
    -- What has the same bytes as one of several with the same landmarks belongs to all of them.
    select
        photos.photo_index,
        min(coalesce(by_landmarks.same_as, photos.photo_index)) over (
            partition by coalesce(by_bytes.same_as, photos.photo_index)
        ) as same_as
    from photos
    left join by_landmarks on photos.photo_index = by_landmarks.photo_index
    left join by_bytes on photos.photo_index = by_bytes.photo_index
),

counted as (
    select
        photo_index,
        same_as,
        count(*) over (partition by same_as) as photos
    from by_either
)

select
    photo_index,
    same_as
from counted
where photos > 1
