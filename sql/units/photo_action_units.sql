/*
row = "a photograph with a face: its action units, pose and size, as OpenFace and py-feat list them"
key = ["participant", "expression", "supervised", "photo"]
materialized = "view"
export = 104
note = """
The columns AU01 to AU64 are the scores of action_unit_scores, from 0 to 1. OpenFace's AU01_r is an
intensity from 0 to 5 and its AU01_c a yes or no; py-feat's AU01 is a probability or a
yes or no, by its detector. None of them is on this scale: compare orders and correlations, not
values. AU23, AU25 and AU43, which they have, have no blendshape. Imported landmarks have no
blendshapes either, and their scores are null.

OpenFace gives the pose in radians (pose_Rx is the pitch, pose_Ry the yaw, pose_Rz the roll), and
signs differ among programs. The option `--landmarks` of `export` adds the landmarks as columns;
their numbers are those of this mesh, not of the 68 points of the others."""

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "null where the expression is not in the settings' list"]
photo = "shared"
usable = "shared"
faces = ["count", "faces found; all else is the largest one's"]
face_height = "shared"
pitch = "shared:head_pitch"
yaw = "shared:head_yaw"
roll = "shared:head_roll"
AU01 = ["0-1", "inner brow raiser"]
AU02 = ["0-1", "outer brow raiser"]
AU04 = ["0-1", "brow lowerer"]
AU05 = ["0-1", "upper lid raiser"]
AU06 = ["0-1", "cheek raiser"]
AU07 = ["0-1", "lid tightener"]
AU08 = ["0-1", "lips toward each other"]
AU09 = ["0-1", "nose wrinkler"]
AU10 = ["0-1", "upper lip raiser"]
AU12 = ["0-1", "lip corner puller"]
AU14 = ["0-1", "dimpler"]
AU15 = ["0-1", "lip corner depressor"]
AU16 = ["0-1", "lower lip depressor"]
AU17 = ["0-1", "chin raiser"]
AU18 = ["0-1", "lip pucker"]
AU20 = ["0-1", "lip stretcher"]
AU22 = ["0-1", "lip funneler"]
AU24 = ["0-1", "lip pressor"]
AU26 = ["0-1", "jaw drop"]
AU28 = ["0-1", "lip suck"]
AU29 = ["0-1", "jaw thrust"]
AU30 = ["0-1", "jaw sideways"]
AU34 = ["0-1", "cheek puff"]
AU45 = ["0-1", "blink"]
AU61 = ["0-1", "eyes turn left"]
AU62 = ["0-1", "eyes turn right"]
AU63 = ["0-1", "eyes up"]
AU64 = ["0-1", "eyes down"]
*/
with scored as (
    -- The same scores, a column for each unit.
    select
        participant,
        expression,
        supervised,
        photo,
        max(case action_unit when 'AU01' then score end) as AU01,
        max(case action_unit when 'AU02' then score end) as AU02,
        max(case action_unit when 'AU04' then score end) as AU04,
        max(case action_unit when 'AU05' then score end) as AU05,
        max(case action_unit when 'AU06' then score end) as AU06,
        max(case action_unit when 'AU07' then score end) as AU07,
        max(case action_unit when 'AU08' then score end) as AU08,
        max(case action_unit when 'AU09' then score end) as AU09,
        max(case action_unit when 'AU10' then score end) as AU10,
        max(case action_unit when 'AU12' then score end) as AU12,
        max(case action_unit when 'AU14' then score end) as AU14,
        max(case action_unit when 'AU15' then score end) as AU15,
        max(case action_unit when 'AU16' then score end) as AU16,
        max(case action_unit when 'AU17' then score end) as AU17,
        max(case action_unit when 'AU18' then score end) as AU18,
        max(case action_unit when 'AU20' then score end) as AU20,
        max(case action_unit when 'AU22' then score end) as AU22,
        max(case action_unit when 'AU24' then score end) as AU24,
        max(case action_unit when 'AU26' then score end) as AU26,
        max(case action_unit when 'AU28' then score end) as AU28,
        max(case action_unit when 'AU29' then score end) as AU29,
        max(case action_unit when 'AU30' then score end) as AU30,
        max(case action_unit when 'AU34' then score end) as AU34,
        max(case action_unit when 'AU45' then score end) as AU45,
        max(case action_unit when 'AU61' then score end) as AU61,
        max(case action_unit when 'AU62' then score end) as AU62,
        max(case action_unit when 'AU63' then score end) as AU63,
        max(case action_unit when 'AU64' then score end) as AU64
    from action_unit_scores
    group by participant, expression, supervised, photo
)

select
    photos.participant,
    photos.expression,
    photos.supervised,
    photo_verdicts.mask,
    photos.photo,
    photo_verdicts.usable,
    photos.faces,
    photos.face_height,
    photos.pitch,
    photos.yaw,
    photos.roll,
    scored.AU01,
    scored.AU02,
    scored.AU04,
    scored.AU05,
    scored.AU06,
    scored.AU07,
    scored.AU08,
    scored.AU09,
    scored.AU10,
    scored.AU12,
    scored.AU14,
    scored.AU15,
    scored.AU16,
    scored.AU17,
    scored.AU18,
    scored.AU20,
    scored.AU22,
    scored.AU24,
    scored.AU26,
    scored.AU28,
    scored.AU29,
    scored.AU30,
    scored.AU34,
    scored.AU45,
    scored.AU61,
    scored.AU62,
    scored.AU63,
    scored.AU64
from photos
inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
left join scored
    on
        photos.participant = scored.participant
        and photos.expression = scored.expression
        and photos.supervised = scored.supervised
        and photos.photo = scored.photo
where photos.status = 'ok'
