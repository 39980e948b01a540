/*
row = "a photograph with a face that another photograph equals"
key = ["photo_index"]
materialized = "table"
internal = true
note = """
Photographs are equal if their files have the same bytes, or if all landmarks have the same
coordinates to the last bit, as where a file was only renamed, or stored again without a loss. No
two pictures taken one after the other are that alike."""

[columns]
photo_index = "shared"
same_as = ["id", "photo_index of the first of the photographs that equal each other"]
*/
with candidates as (
    -- Whose forehead, chin and eyes lie at the same places.
    select
        photo_index,
        min(photo_index) over (
            partition by forehead_x, forehead_y, face_height, eye_roll
        ) as same_as
    from photo_anchors
    where alignable
),

different as (
    -- Those of them of which another landmark lies elsewhere after all.
    select distinct candidates.photo_index
    from candidates
    inner join numbered_landmarks on candidates.photo_index = numbered_landmarks.photo_index
    inner join numbered_landmarks as others
        on
            candidates.same_as = others.photo_index
            and numbered_landmarks.point = others.point
    where
        candidates.photo_index > candidates.same_as
        and (
            numbered_landmarks.x <> others.x
            or numbered_landmarks.y <> others.y
            or numbered_landmarks.z <> others.z
        )
),

by_landmarks as (
    select
        candidates.photo_index,
        case
            when different.photo_index is null then candidates.same_as
            else candidates.photo_index
        end as same_as
    from candidates
    left join different on candidates.photo_index = different.photo_index
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
