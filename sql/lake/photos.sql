/*
row = "a photograph that was found, whatever happened to it"
key = ["participant", "expression", "supervised", "photo"]
materialized = "table"

[columns]
photo_index = "shared:own_index"
participant = "shared"
expression = "shared"
supervised = "shared"
photo = ["id", """
    file name without ending, or with it where two files of a cell would share the name; of a
    still, which stands for a photograph where video.masks is plateau, the video and the event"""]
path = ["text", """
    where the file lies below the dataset's root; of a still, that of its video; of landmarks
    from a table that names no files, the table and the ids"""]
sha256 = ["text", """
    hash of the file's bytes, or of the landmarks where many photographs share a file; null where
    they could not be read"""]
bytes = ["bytes", "size of the file"]
width = ["px", "of the upright photo"]
height = ["px", "of the upright photo"]
orientation = ["EXIF code", """
    1 to 8, as found in the file; it is already applied to every coordinate"""]
status = ["text", "ok, no_face, damaged, unreadable, unsupported or crashed"]
error = "shared:what_went_wrong"
faces = ["count", "faces found; the landmarks are the largest one's"]
face_height = "shared"
yaw = "shared:head_yaw"
pitch = "shared:head_pitch"
roll = "shared:head_roll"
retry = ["text", """
    which fallback found the face: padded, turned_90, turned_180, turned_270, tile, or crop for
    a closer look; null where none was needed"""]
extractor = ["text", """
    of a still, "still of a video: " first; the program and version that found the landmarks;
    import, and the form of the file, where they were imported"""]
model_sha256 = ["text", """
    hash of the face model; null, like orientation, for imported landmarks, and like pose and size
    where nobody gave them"""]
extracted_at = "shared"
*/
with photographs_and_stills as (
    select
        source_photos.participant,
        source_photos.expression,
        source_photos.supervised,
        source_photos.photo,
        source_photos.path,
        source_photos.sha256,
        source_photos.bytes,
        source_photos.width,
        source_photos.height,
        source_photos.orientation,
        source_photos.status,
        source_photos.error,
        source_photos.faces,
        source_photos.face_height,
        source_photos.yaw,
        source_photos.pitch,
        source_photos.roll,
        source_photos.retry,
        source_photos.extractor,
        source_photos.model_sha256,
        source_photos.extracted_at
    from source_photos
    inner join settings on settings.video_masks = 'photos'
    union all
    select
        participant,
        expression,
        supervised,
        photo,
        path,
        cast(null as varchar) as sha256,
        cast(null as integer) as bytes,
        width,
        height,
        cast(null as smallint) as orientation,
        'ok' as status,
        cast(null as varchar) as error,
        1 as faces,
        cast(null as float) as face_height,
        cast(null as float) as yaw,
        cast(null as float) as pitch,
        cast(null as float) as roll,
        cast(null as varchar) as retry,
        extractor,
        model_sha256,
        extracted_at
    from internal.stills
),

counted as (
    select
        participant,
        count(*) as photos
    from photographs_and_stills
    group by participant
),

earlier as (
    -- How many are before a participant's first, so that a cluster numbers each person's alone.
    select
        participant,
        sum(photos) over (order by participant) - photos as photos
    from counted
)

select
    cast(
        earlier.photos + row_number() over (
            partition by photographs_and_stills.participant
            order by
                photographs_and_stills.expression,
                photographs_and_stills.supervised,
                photographs_and_stills.photo
        ) as integer
    ) as photo_index,
    photographs_and_stills.participant,
    photographs_and_stills.expression,
    photographs_and_stills.supervised,
    photographs_and_stills.photo,
    photographs_and_stills.path,
    photographs_and_stills.sha256,
    photographs_and_stills.bytes,
    photographs_and_stills.width,
    photographs_and_stills.height,
    photographs_and_stills.orientation,
    photographs_and_stills.status,
    photographs_and_stills.error,
    photographs_and_stills.faces,
    cast(photographs_and_stills.face_height as double) as face_height,
    cast(photographs_and_stills.yaw as double) as yaw,
    cast(photographs_and_stills.pitch as double) as pitch,
    cast(photographs_and_stills.roll as double) as roll,
    photographs_and_stills.retry,
    photographs_and_stills.extractor,
    photographs_and_stills.model_sha256,
    photographs_and_stills.extracted_at
from photographs_and_stills
inner join earlier on photographs_and_stills.participant = earlier.participant
order by photo_index
