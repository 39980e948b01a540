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
    file name without ending, or with it where two files of a cell would share the name"""]
path = ["text", """
    where the file lies below the dataset's root; of landmarks from a table that names no files,
    the table and the ids"""]
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
    the program and version that found the landmarks; import, and the form of the file, where they
    were imported"""]
model_sha256 = ["text", """
    hash of the face model; null, like orientation, for imported landmarks, and like pose and size
    where nobody gave them"""]
extracted_at = "shared"
*/
select
    cast(
        row_number() over (order by participant, expression, supervised, photo) as integer
    ) as photo_index,
    participant,
    expression,
    supervised,
    photo,
    path,
    sha256,
    bytes,
    width,
    height,
    orientation,
    status,
    error,
    faces,
    cast(face_height as double) as face_height,
    cast(yaw as double) as yaw,
    cast(pitch as double) as pitch,
    cast(roll as double) as roll,
    retry,
    extractor,
    model_sha256,
    extracted_at
from source_photos
