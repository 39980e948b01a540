/*
row = "a region of the face, and what it is called in English and in Portuguese"
key = ["region"]
materialized = "table"
internal = true
note = "What is said of the left becomes the right by the words left and esquerd-."

[columns]
region = "shared"
place = ["count", "from 0; from the forehead down, the face's middle line last"]
part_en = ["text", "on one side, without saying which: corner of the mouth"]
part_pt = ["text", "likewise: canto da boca"]
left_en = ["text", "on the left: left corner of the mouth"]
left_pt = ["text", "likewise: canto esquerdo da boca"]
both_en = ["text", "as a whole, or on both sides: corners of the mouth"]
both_pt = ["text", "likewise: cantos da boca"]
*/
select
    listed.region,
    cast(listed.place as integer) as place,
    listed.part_en,
    listed.part_pt,
    listed.left_en,
    listed.left_pt,
    listed.both_en,
    listed.both_pt
from (
    values
    (
        'forehead', 0, 'forehead', 'testa',
        'left side of the forehead', 'lado esquerdo da testa',
        'forehead', 'testa'
    ),
    (
        'temple', 1, 'temple', 'têmpora',
        'left temple', 'têmpora esquerda',
        'temples', 'têmporas'
    ),
    (
        'brow', 2, 'eyebrow', 'sobrancelha',
        'left eyebrow', 'sobrancelha esquerda',
        'eyebrows', 'sobrancelhas'
    ),
    (
        'glabella', 3, 'glabella', 'glabela',
        'left side of the glabella', 'lado esquerdo da glabela',
        'glabella', 'glabela'
    ),
    (
        'upper_eyelid', 4, 'upper eyelid', 'pálpebra superior',
        'left upper eyelid', 'pálpebra superior esquerda',
        'upper eyelids', 'pálpebras superiores'
    ),
    (
        'iris', 5, 'iris', 'íris',
        'left iris', 'íris esquerda',
        'irises', 'íris'
    ),
    (
        'inner_eye_corner', 6, 'inner corner of the eye', 'canto interno do olho',
        'inner corner of the left eye', 'canto interno do olho esquerdo',
        'inner corners of the eyes', 'cantos internos dos olhos'
    ),
    (
        'outer_eye_corner', 7, 'outer corner of the eye', 'canto externo do olho',
        'outer corner of the left eye', 'canto externo do olho esquerdo',
        'outer corners of the eyes', 'cantos externos dos olhos'
    ),
    (
        'lower_eyelid', 8, 'lower eyelid', 'pálpebra inferior',
        'left lower eyelid', 'pálpebra inferior esquerda',
        'lower eyelids', 'pálpebras inferiores'
    ),
    (
        'below_eye', 9, 'upper cheek', 'parte superior da bochecha',
        'left upper cheek', 'parte superior da bochecha esquerda',
        'upper cheeks', 'parte superior das bochechas'
    ),
    (
        'nose_bridge', 10, 'bridge of the nose', 'dorso do nariz',
        'left side of the bridge of the nose', 'lado esquerdo do dorso do nariz',
        'bridge of the nose', 'dorso do nariz'
    ),
    (
        'nose_side', 11, 'side of the nose', 'lateral do nariz',
        'left side of the nose', 'lateral esquerda do nariz',
        'sides of the nose', 'laterais do nariz'
    ),
    (
        'nose_tip', 12, 'tip of the nose', 'ponta do nariz',
        'left side of the tip of the nose', 'lado esquerdo da ponta do nariz',
        'tip of the nose', 'ponta do nariz'
    ),
    (
        'nose_wing', 13, 'wing of the nose', 'asa do nariz',
        'left wing of the nose', 'asa esquerda do nariz',
        'wings of the nose', 'asas do nariz'
    ),
    (
        'nose_base', 14, 'base of the nose', 'base do nariz',
        'left side of the base of the nose', 'lado esquerdo da base do nariz',
        'base of the nose', 'base do nariz'
    ),
    (
        'ear_side', 15, 'skin before the ear', 'pele diante da orelha',
        'skin before the left ear', 'pele diante da orelha esquerda',
        'skin before the ears', 'pele diante das orelhas'
    ),
    (
        'cheek', 16, 'cheek', 'bochecha',
        'left cheek', 'bochecha esquerda',
        'cheeks', 'bochechas'
    ),
    (
        'philtrum', 17, 'philtrum', 'filtro labial',
        'left side of the philtrum', 'lado esquerdo do filtro labial',
        'philtrum', 'filtro labial'
    ),
    (
        'above_upper_lip', 18, 'skin above the upper lip', 'pele acima do lábio superior',
        'left side of the skin above the upper lip',
        'lado esquerdo da pele acima do lábio superior',
        'skin above the upper lip', 'pele acima do lábio superior'
    ),
    (
        'upper_lip', 19, 'upper lip', 'lábio superior',
        'left side of the upper lip', 'lado esquerdo do lábio superior',
        'upper lip', 'lábio superior'
    ),
    (
        'mouth_corner', 20, 'corner of the mouth', 'canto da boca',
        'left corner of the mouth', 'canto esquerdo da boca',
        'corners of the mouth', 'cantos da boca'
    ),
    (
        'lower_lip', 21, 'lower lip', 'lábio inferior',
        'left side of the lower lip', 'lado esquerdo do lábio inferior',
        'lower lip', 'lábio inferior'
    ),
    (
        'below_lower_lip', 22, 'skin below the lower lip', 'pele abaixo do lábio inferior',
        'left side of the skin below the lower lip',
        'lado esquerdo da pele abaixo do lábio inferior',
        'skin below the lower lip', 'pele abaixo do lábio inferior'
    ),
    (
        'jaw', 23, 'jaw', 'mandíbula',
        'left side of the jaw', 'lado esquerdo da mandíbula',
        'jaw', 'mandíbula'
    ),
    (
        'chin', 24, 'chin', 'queixo',
        'left side of the chin', 'lado esquerdo do queixo',
        'chin', 'queixo'
    )
) as listed (region, place, part_en, part_pt, left_en, left_pt, both_en, both_pt)
