/*
row = "a measure of a photograph that enters its mask"
key = ["participant", "expression", "supervised", "photo", "measure"]
materialized = "table"
note = """
Each photograph is compared with a neutral photograph of its own, the one of the same place among
the participant's (photo_pairs); a neutral photograph itself, and one without such a partner, has
neither neutral_value nor change. A movement or side_difference takes two photographs, so these have
no value either. A movement between two photographs contains the noise of both, so it is larger than
that between two masks, which are means."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = "shared"
photo = "shared"
measure = "shared"
place = ["count", """
    the photograph's place in its cell, from 1, as in photo_pairs; null where it has no partner"""]
value = "shared:measure_value"
neutral_value = "shared:measure_neutral_value"
change = "shared:measure_change"
*/
select
    photos.participant,
    photos.expression,
    photos.supervised,
    cells.mask,
    photos.photo,
    face_measures.measure,
    photo_pairs.place,
    face_measures.value,
    face_measures.neutral_value,
    face_measures.change
from internal.face_measures
inner join photos on face_measures.face_index = photos.photo_index
inner join internal.photo_alignments on photos.photo_index = photo_alignments.photo_index
inner join internal.cells on photo_alignments.cell_index = cells.cell_index
left join internal.photo_pairs on photos.photo_index = photo_pairs.photo_index
where face_measures.face_kind = 'photo'
