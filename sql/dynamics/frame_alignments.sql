/*
row = "a frame with a face, and the similarity that aligns it to the canonical face"
key = ["frame_index"]
materialized = "table"
videos = true
internal = true
note = """
The fit of photo_anchors, whatever alignment.method says: of the methods it is the one that a
dropping jaw and noise move least, frame by frame. A landmark (x, y) is aligned to x' = offset_x +
scaled_cos x + scaled_sin y and y' = offset_y - scaled_sin x + scaled_cos y. Frames that an event
says to ignore, and faces without a size, have no row."""

[batch]
relation = "frames"
column = "frame_index"
size = 131072

[columns]
frame_index = "shared"
video_index = "shared"
chunk_index = "shared"
time_s = "shared:frame_time"
scaled_cos = "shared"
scaled_sin = "shared"
offset_x = "shared"
offset_y = "shared"
scale = "shared"
offset_z = "shared"
*/
with anchors as (
    select
        frames.frame_index,
        source_frame_landmarks.point,
        cast(source_frame_landmarks.x as double) as x,
        cast(source_frame_landmarks.y as double) as y,
        cast(source_frame_landmarks.z as double) as z
    from source_frame_landmarks
    inner join frames
        on
            source_frame_landmarks.participant = frames.participant
            and source_frame_landmarks.video = frames.video
            and source_frame_landmarks.frame = frames.frame
    where
        frames.status = 'ok'
        and source_frame_landmarks.point in (select basis_shares.point from basis_shares)
),

foreheads as (
    -- Squares of what lies far from the picture's corner would swallow small differences.
    select
        frame_index,
        x,
        y
    from anchors
    where point = 10
),

moments as (
    -- The weighted sums of which the fit is made.
    select
        foreheads.frame_index,
        foreheads.x as forehead_x,
        foreheads.y as forehead_y,
        sum(basis_shares.share * (anchors.x - foreheads.x)) as x,
        sum(basis_shares.share * (anchors.y - foreheads.y)) as y,
        sum(basis_shares.share * anchors.z) as z,
        sum(
            basis_shares.share
            * (power(anchors.x - foreheads.x, 2) + power(anchors.y - foreheads.y, 2))
        ) as squared,
        sum(
            basis_shares.share
            * (
                (anchors.x - foreheads.x) * basis_shares.x
                + (anchors.y - foreheads.y) * basis_shares.y
            )
        ) as along,
        sum(
            basis_shares.share
            * (
                (anchors.y - foreheads.y) * basis_shares.x
                - (anchors.x - foreheads.x) * basis_shares.y
            )
        ) as across,
        min(basis_shares.centre_x) as to_x,
        min(basis_shares.centre_y) as to_y,
        min(basis_shares.centre_z) as to_z
    from anchors
    inner join foreheads on anchors.frame_index = foreheads.frame_index
    inner join basis_shares on anchors.point = basis_shares.point
    group by foreheads.frame_index, foreheads.x, foreheads.y
    having count(*) = min(basis_shares.points)
),

fits as (
    select
        moments.frame_index,
        moments.forehead_x + moments.x as centre_x,
        moments.forehead_y + moments.y as centre_y,
        moments.z as centre_z,
        moments.along / nullif(moments.squared - moments.x * moments.x - moments.y * moments.y, 0)
            as scaled_cos,
        moments.across / nullif(moments.squared - moments.x * moments.x - moments.y * moments.y, 0)
            as scaled_sin,
        moments.to_x,
        moments.to_y,
        moments.to_z
    from moments
),

ignored as (
    select
        videos.video_index,
        events.onset_s,
        coalesce(
            events.onset_s + events.duration_s,
            lead(events.onset_s) over (
                partition by events.participant, events.video order by events.onset_s, events.event
            )
        ) as end_s
    from events
    inner join videos on events.participant = videos.participant and events.video = videos.video
    where events.kind = 'ignore'
)

select
    fits.frame_index,
    frames.video_index,
    video_chunks.chunk_index,
    frames.time_s,
    fits.scaled_cos,
    fits.scaled_sin,
    fits.to_x - fits.scaled_cos * fits.centre_x - fits.scaled_sin * fits.centre_y as offset_x,
    fits.to_y + fits.scaled_sin * fits.centre_x - fits.scaled_cos * fits.centre_y as offset_y,
    sqrt(fits.scaled_cos * fits.scaled_cos + fits.scaled_sin * fits.scaled_sin) as scale,
    fits.to_z
    - sqrt(fits.scaled_cos * fits.scaled_cos + fits.scaled_sin * fits.scaled_sin)
    * fits.centre_z as offset_z
from fits
inner join frames on fits.frame_index = frames.frame_index
inner join internal.video_chunks on frames.video_index = video_chunks.video_index
where
    fits.scaled_cos * fits.scaled_cos + fits.scaled_sin * fits.scaled_sin > 0
    and not exists (
        select 1
        from ignored
        where
            ignored.video_index = frames.video_index
            and frames.time_s >= ignored.onset_s
            and (ignored.end_s is null or frames.time_s < ignored.end_s)
    )
