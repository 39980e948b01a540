/*
row = "a point of the face mesh or of an iris: where on the face it lies, and what it is called"
key = ["point"]
materialized = "table"
export = 45
note = """
Eyes, eyebrows, lips and irises are MediaPipe's own sets of connections; all other points are put
into regions by anatomy on its canonical face. The right side and the middle line are authored; the
left side is their mirror image (mirror_points). Few points have a name, because few places of a
face have one."""

[columns]
point = "shared:any_point"
region = "shared"
side = "shared"
mirrored_point = ["shared:any_point", """
    the same place on the other side; the point itself on the midline"""]
region_en = ["text", "the region and its side in English, such as left corner of the mouth"]
region_pt = ["text", "the same in Portuguese, such as canto esquerdo da boca"]
name_en = ["text", "what the place is called in English; null where it has no name"]
name_pt = ["text", "the same in Portuguese"]
*/
with authored as (
    -- The regions of the right side and of the midline, from the forehead down.
    select
        'forehead' as region,
        unnest([
            10, 54, 67, 68, 69, 103, 104, 108, 109, 151
        ]) as point
    union all
    select
        'temple' as region,
        unnest([
            21, 34, 71, 127, 139, 143, 156, 162
        ]) as point
    union all
    select
        'brow' as region,
        unnest([
            46, 52, 53, 55, 63, 65, 66, 70, 105, 107
        ]) as point
    union all
    select
        'glabella' as region,
        unnest([
            8, 9
        ]) as point
    union all
    select
        'upper_eyelid' as region,
        unnest([
            27, 28, 29, 30, 56, 113, 124, 157, 158, 159, 160, 161, 173, 189, 190, 221,
            222, 223, 224, 225, 246, 247
        ]) as point
    union all
    select
        'iris' as region,
        unnest([
            468, 469, 470, 471, 472
        ]) as point
    union all
    select
        'inner_eye_corner' as region,
        unnest([
            133, 243, 244
        ]) as point
    union all
    select
        'outer_eye_corner' as region,
        unnest([
            33, 35, 130, 226
        ]) as point
    union all
    select
        'lower_eyelid' as region,
        unnest([
            7, 22, 23, 24, 25, 26, 110, 112, 144, 145, 153, 154, 155, 163
        ]) as point
    union all
    select
        'below_eye' as region,
        unnest([
            31, 47, 111, 117, 118, 119, 120, 121, 128, 228, 229, 230, 231, 232, 233
        ]) as point
    union all
    select
        'nose_bridge' as region,
        unnest([
            3, 5, 6, 51, 122, 168, 174, 188, 193, 195, 196, 197, 236, 245
        ]) as point
    union all
    select
        'nose_side' as region,
        unnest([
            49, 114, 126, 131, 134, 198, 209, 217
        ]) as point
    union all
    select
        'nose_tip' as region,
        unnest([
            1, 4, 19, 44, 45, 125, 220, 237
        ]) as point
    union all
    select
        'nose_wing' as region,
        unnest([
            48, 59, 64, 98, 102, 115, 129, 166, 218, 219, 235, 240
        ]) as point
    union all
    select
        'nose_base' as region,
        unnest([
            2, 20, 60, 75, 79, 94, 97, 99, 141, 238, 239, 241, 242
        ]) as point
    union all
    select
        'ear_side' as region,
        unnest([
            93, 227, 234
        ]) as point
    union all
    select
        'cheek' as region,
        unnest([
            36, 50, 100, 101, 116, 123, 137, 142, 147, 187, 192, 202, 203, 205, 206,
            207, 212, 213, 214, 216
        ]) as point
    union all
    select
        'philtrum' as region,
        unnest([
            164, 167
        ]) as point
    union all
    select
        'above_upper_lip' as region,
        unnest([
            92, 165
        ]) as point
    union all
    select
        'upper_lip' as region,
        unnest([
            0, 11, 12, 13, 37, 38, 39, 40, 41, 42, 72, 73, 74, 80, 81, 82
        ]) as point
    union all
    select
        'mouth_corner' as region,
        unnest([
            43, 57, 61, 62, 76, 77, 78, 95, 96, 146, 183, 184, 185, 186, 191
        ]) as point
    union all
    select
        'lower_lip' as region,
        unnest([
            14, 15, 16, 17, 84, 85, 86, 87, 88, 89, 90, 91, 178, 179, 180, 181
        ]) as point
    union all
    select
        'below_lower_lip' as region,
        unnest([
            18, 83, 106, 182
        ]) as point
    union all
    select
        'jaw' as region,
        unnest([
            58, 132, 135, 136, 138, 149, 150, 169, 170, 172, 177, 210, 211, 215
        ]) as point
    union all
    select
        'chin' as region,
        unnest([
            32, 140, 148, 152, 171, 175, 176, 194, 199, 200, 201, 204, 208
        ]) as point
),

named as (
    -- Places that have a name, of the right side and of the midline.
    select
        listed.point,
        listed.name_en,
        listed.name_pt
    from (
        values
        (10, 'top of the forehead', 'alto da testa'),
        (151, 'middle of the forehead', 'meio da testa'),
        (9, 'glabella', 'glabela'),
        (168, 'root of the nose', 'raiz do nariz'),
        (6, 'bridge of the nose', 'dorso do nariz'),
        (4, 'tip of the nose', 'ponta do nariz'),
        (2, 'base of the nose', 'base do nariz'),
        (164, 'philtrum', 'filtro labial'),
        (
            0,
            'middle of the upper edge of the upper lip',
            'meio da borda superior do lábio superior'
        ),
        (
            13,
            'middle of the lower edge of the upper lip',
            'meio da borda inferior do lábio superior'
        ),
        (
            14,
            'middle of the upper edge of the lower lip',
            'meio da borda superior do lábio inferior'
        ),
        (
            17,
            'middle of the lower edge of the lower lip',
            'meio da borda inferior do lábio inferior'
        ),
        (199, 'front of the chin', 'frente do queixo'),
        (152, 'lowest point of the chin', 'ponto mais baixo do queixo'),
        (37, 'right peak of the upper lip', 'pico direito do lábio superior'),
        (61, 'right corner of the mouth', 'canto direito da boca'),
        (78, 'right inner corner of the lips', 'canto interno direito dos lábios'),
        (64, 'right wing of the nose', 'asa direita do nariz'),
        (33, 'outer corner of the right eye', 'canto externo do olho direito'),
        (133, 'inner corner of the right eye', 'canto interno do olho direito'),
        (
            159,
            'middle of the right upper eyelid''s edge',
            'meio da borda da pálpebra superior direita'
        ),
        (
            145,
            'middle of the right lower eyelid''s edge',
            'meio da borda da pálpebra inferior direita'
        ),
        (
            107,
            'inner end of the right eyebrow, upper edge',
            'extremo interno da sobrancelha direita, borda superior'
        ),
        (
            55,
            'inner end of the right eyebrow, lower edge',
            'extremo interno da sobrancelha direita, borda inferior'
        ),
        (105, 'peak of the right eyebrow', 'ponto mais alto da sobrancelha direita'),
        (
            70,
            'outer end of the right eyebrow, upper edge',
            'extremo externo da sobrancelha direita, borda superior'
        ),
        (
            46,
            'outer end of the right eyebrow, lower edge',
            'extremo externo da sobrancelha direita, borda inferior'
        ),
        (468, 'centre of the right iris', 'centro da íris direita'),
        (469, 'inner edge of the right iris', 'borda interna da íris direita'),
        (470, 'upper edge of the right iris', 'borda superior da íris direita'),
        (471, 'outer edge of the right iris', 'borda externa da íris direita'),
        (472, 'lower edge of the right iris', 'borda inferior da íris direita')
    ) as listed (point, name_en, name_pt)
),

irises as (
    -- Points of the right iris and their mirror images.
    select
        listed.right_point,
        listed.left_point
    from (
        values
        (468, 473), (469, 476), (470, 475), (471, 474), (472, 477)
    ) as listed (right_point, left_point)
),

mirrored as (
    -- All points, and for those of the left the one on the right that says what they are.
    select
        point,
        mirrored_point,
        side,
        case when side = 'left' then mirrored_point else point end as authored_point
    from mirror_points
    union all
    select
        right_point as point,
        left_point as mirrored_point,
        'right' as side,
        right_point as authored_point
    from irises
    union all
    select
        left_point as point,
        right_point as mirrored_point,
        'left' as side,
        right_point as authored_point
    from irises
)

select
    cast(mirrored.point as smallint) as point,
    authored.region,
    mirrored.side,
    cast(mirrored.mirrored_point as smallint) as mirrored_point,
    case mirrored.side
        when 'left' then face_regions.left_en
        when 'right' then replace(face_regions.left_en, 'left', 'right')
        else face_regions.both_en
    end as region_en,
    case mirrored.side
        when 'left' then face_regions.left_pt
        when 'right' then replace(face_regions.left_pt, 'esquerd', 'direit')
        else face_regions.both_pt
    end as region_pt,
    case
        when mirrored.side = 'left' then replace(named.name_en, 'right', 'left')
        else named.name_en
    end as name_en,
    case
        when mirrored.side = 'left' then replace(named.name_pt, 'direit', 'esquerd')
        else named.name_pt
    end as name_pt
from mirrored
inner join authored on mirrored.authored_point = authored.point
inner join internal.face_regions on authored.region = face_regions.region
left join named on mirrored.authored_point = named.point
