/*
row = "a blendshape of the Face Landmarker, and the FACS action unit that it corresponds to"
key = ["blendshape"]
materialized = "table"
note = """
The landmarker's blendshapes have the names and meanings of Apple's ARKit, without tongueOut (AU19)
and with _neutral. The correspondence is the usual one between ARKit and FACS, as in M. Ozel's
table, ARKit to FACS. AU23, AU25, AU27 and others that are not listed have no blendshape; caveats
say where they show instead.

A blendshape is what a network makes of the landmarks, not a coder's judgement. Of drawn faces that
show one unit each, docs/numbers.md says which score leads."""

[columns]
blendshape = ["id", "as in blendshapes"]
action_unit = ["shared", "null where FACS has none"]
side = ["text", """
    left or right, the participant's own, where it acts on one side; both where one score stands for
    the whole face"""]
caveat = ["text", "why the correspondence is loose; null where it is good"]
*/
select
    listed.blendshape,
    listed.action_unit,
    listed.side,
    listed.caveat
from (
    values
    ('_neutral', null, 'both', 'no movement, and none of the shapes that FACS describes'),
    ('browDownLeft', 'AU04', 'left', null),
    ('browDownRight', 'AU04', 'right', null),
    ('browInnerUp', 'AU01', 'both', 'one score for both eyebrows'),
    ('browOuterUpLeft', 'AU02', 'left', null),
    ('browOuterUpRight', 'AU02', 'right', null),
    ('cheekPuff', 'AU34', 'both', 'the landmarker gives next to 0, whatever the face does'),
    (
        'cheekSquintLeft', 'AU06', 'left',
        'the landmarker gives next to 0, whatever the face does; raised cheeks show in eyeSquint'
    ),
    (
        'cheekSquintRight', 'AU06', 'right',
        'the landmarker gives next to 0, whatever the face does; raised cheeks show in eyeSquint'
    ),
    (
        'eyeBlinkLeft', 'AU45', 'left',
        'a photograph does not tell a blink from closed eyes (AU43) or a wink (AU46)'
    ),
    (
        'eyeBlinkRight', 'AU45', 'right',
        'a photograph does not tell a blink from closed eyes (AU43) or a wink (AU46)'
    ),
    ('eyeLookDownLeft', 'AU64', 'left', 'a lowered upper lid raises it too'),
    ('eyeLookDownRight', 'AU64', 'right', 'a lowered upper lid raises it too'),
    ('eyeLookInLeft', 'AU62', 'left', null),
    ('eyeLookInRight', 'AU61', 'right', null),
    ('eyeLookOutLeft', 'AU61', 'left', null),
    ('eyeLookOutRight', 'AU62', 'right', null),
    ('eyeLookUpLeft', 'AU63', 'left', null),
    ('eyeLookUpRight', 'AU63', 'right', null),
    ('eyeSquintLeft', 'AU07', 'left', 'raised cheeks (AU06) and half-closed eyes raise it too'),
    ('eyeSquintRight', 'AU07', 'right', 'raised cheeks (AU06) and half-closed eyes raise it too'),
    ('eyeWideLeft', 'AU05', 'left', null),
    ('eyeWideRight', 'AU05', 'right', null),
    ('jawForward', 'AU29', 'both', 'seen from the front it hardly shows'),
    ('jawLeft', 'AU30', 'left', 'the side is the one that the jaw moves to'),
    (
        'jawOpen', 'AU26', 'both',
        'covers a stretched mouth (AU27); parted lips (AU25) have no score of their own'
    ),
    ('jawRight', 'AU30', 'right', 'the side is the one that the jaw moves to'),
    ('mouthClose', 'AU08', 'both', 'lips that close over an open jaw, measured against jawOpen'),
    ('mouthDimpleLeft', 'AU14', 'left', null),
    ('mouthDimpleRight', 'AU14', 'right', null),
    ('mouthFrownLeft', 'AU15', 'left', null),
    ('mouthFrownRight', 'AU15', 'right', null),
    ('mouthFunnel', 'AU22', 'both', null),
    ('mouthLeft', null, 'left', 'the whole mouth moves to this side, for which FACS has no unit'),
    ('mouthLowerDownLeft', 'AU16', 'left', 'lips that part (AU25) raise it too'),
    ('mouthLowerDownRight', 'AU16', 'right', 'lips that part (AU25) raise it too'),
    (
        'mouthPressLeft', 'AU24', 'left',
        'tightened lips (AU23) have no score of their own and raise it too'
    ),
    (
        'mouthPressRight', 'AU24', 'right',
        'tightened lips (AU23) have no score of their own and raise it too'
    ),
    ('mouthPucker', 'AU18', 'both', null),
    ('mouthRight', null, 'right', 'the whole mouth moves to this side, for which FACS has no unit'),
    ('mouthRollLower', 'AU28', 'both', 'the lower lip only'),
    ('mouthRollUpper', 'AU28', 'both', 'the upper lip only'),
    ('mouthShrugLower', 'AU17', 'both', null),
    ('mouthShrugUpper', 'AU17', 'both', 'the upper lip, which a raised chin pushes up'),
    (
        'mouthSmileLeft', 'AU12', 'left',
        'a sharp pull (AU13) and a deeper nasolabial furrow (AU11) raise it too'
    ),
    (
        'mouthSmileRight', 'AU12', 'right',
        'a sharp pull (AU13) and a deeper nasolabial furrow (AU11) raise it too'
    ),
    ('mouthStretchLeft', 'AU20', 'left', null),
    ('mouthStretchRight', 'AU20', 'right', null),
    ('mouthUpperUpLeft', 'AU10', 'left', 'lips that part (AU25) raise it too'),
    ('mouthUpperUpRight', 'AU10', 'right', 'lips that part (AU25) raise it too'),
    ('noseSneerLeft', 'AU09', 'left', 'the landmarker gives next to 0, whatever the face does'),
    ('noseSneerRight', 'AU09', 'right', 'the landmarker gives next to 0, whatever the face does')
) as listed (blendshape, action_unit, side, caveat)
