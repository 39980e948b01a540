/*
row = "a mesh point in the skin over a muscle of the face"
key = ["muscle", "point"]
materialized = "table"
note = """
The rows are those of the file that [muscles] of lakehouse.toml names or, where it names none, those
of the built-in atlas. The atlas is derived from anatomy (Gray's Anatomy), not from any movement.
The action units of a muscle are in muscle_action_units.

On MediaPipe's canonical face, seen from the front and the side, with a centimetre to the unit, each
muscle is a band from its origin to its insertion, as wide as the muscle. Its points are those of
the mesh in that band and in the skin where the muscle inserts; they are connected in the mesh. The
right side and the midline are authored; the left side is their mirror image (mirror_points).

A point may lie over several muscles, so who averages points over a join with this relation counts
it several times: muscle_distances and muscle_group_distances count it once. All muscles that move
the angle of the mouth meet there (61) and at the modiolus beside it (57). No muscle lies under the
tip of the nose and the nostrils, the lowest edge of the chin, the hollow of the cheek (187) and the
skin before the ear. Left out are the levator palpebrae superioris (AU05), which moves the
eyelid from within the orbit, the depressor septi nasi and the muscles of the ear, which the mesh
does not reach. The depressor supercilii counts as orbicularis oculi, the incisivi labii as
orbicularis oris."""
source = "paper, section 3.2.2, first approach, which averages by muscle and names none"

[columns]
muscle = ["id", "such as zygomaticus_major"]
point = "shared"
side = "shared"
muscle_group = ["text", """
    in the built-in atlas: forehead, orbital, nasal, oral or jaw (mastication)"""]
*/
with authored as (
    -- Frontalis, pars medialis. From the galea to the skin of the inner half of the eyebrow: the
    -- forehead and the brow from the midline to above the pupil.
    select
        'frontalis_inner' as muscle,
        unnest([
            9, 10, 55, 65, 66, 69, 107, 108, 109, 151
        ]) as point
    union all
    -- Frontalis, pars lateralis. From the galea to the skin of the outer half of the eyebrow, as
    -- far as the temporal line; 69, above the pupil, is of both parts.
    select
        'frontalis_outer' as muscle,
        unnest([
            46, 52, 53, 63, 67, 69, 70, 103, 104, 105
        ]) as point
    union all
    -- From the inner end of the superciliary arch outwards and up into the skin above the middle
    -- of the eyebrow, some 4 cm from the midline.
    select
        'corrugator_supercilii' as muscle,
        unnest([
            52, 55, 65, 66, 105, 107
        ]) as point
    union all
    -- Round the rim of the orbit, from the frontal process of the maxilla and the inner canthal
    -- ligament: brow (depressor supercilii counted in), temple to 2 cm beyond the outer canthus,
    -- and the upper cheek. The ring on the rim itself is of both parts.
    select
        'orbicularis_oculi_orbital' as muscle,
        unnest([
            31, 35, 46, 52, 53, 55, 65, 111, 113, 117, 118, 119, 120, 121, 124, 128, 143, 156, 189,
            193, 221, 222, 223, 224, 225, 226, 228, 229, 230, 231, 232, 233, 244, 245
        ]) as point
    union all
    -- The eyelids, from their edges (over the tarsus) to the ring on the orbit's rim (over the
    -- septum); the canthi.
    select
        'orbicularis_oculi_palpebral' as muscle,
        unnest([
            7, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 33, 56, 110, 112, 113, 130, 133, 144, 145,
            153, 154, 155, 157, 158, 159, 160, 161, 163, 173, 189, 190, 221, 222, 223, 224, 225,
            226, 228, 229, 230, 231, 232, 233, 243, 244, 246, 247
        ]) as point
    union all
    -- From the nasal bone up to the skin of the glabella, between the inner ends of the brows.
    select
        'procerus' as muscle,
        unnest([
            6, 8, 9, 55, 122, 168, 193, 196, 197
        ]) as point
    union all
    -- Pars transversa, from the maxilla beside the nostril over the side of the nose to the bridge
    -- below the nasal bone; pars alaris, into the wing and the nostril's outer rim.
    select
        'nasalis' as muscle,
        unnest([
            3, 5, 48, 49, 51, 59, 64, 75, 98, 102, 115, 129, 131, 134, 166, 195, 198, 209, 218, 219,
            235, 236, 240
        ]) as point
    union all
    -- From the frontal process of the maxilla, beside the inner canthus, down the side of the nose
    -- into the wing of the nose and the upper lip beside it.
    select
        'levator_labii_superioris_alaeque_nasi' as muscle,
        unnest([
            47, 48, 49, 64, 98, 102, 114, 126, 128, 129, 165, 174, 188, 198, 203, 209, 217, 245
        ]) as point
    union all
    -- From the lower rim of the orbit, above the infraorbital foramen, into the outer half of the
    -- upper lip.
    select
        'levator_labii_superioris' as muscle,
        unnest([
            36, 39, 40, 92, 100, 101, 119, 120, 142, 165, 203
        ]) as point
    union all
    -- From the canine fossa, below the infraorbital foramen, straight down to the angle of the
    -- mouth.
    select
        'levator_anguli_oris' as muscle,
        unnest([
            36, 57, 61, 92, 185, 186, 203, 206
        ]) as point
    union all
    -- From the front of the zygomatic bone, behind its suture with the maxilla, into the upper lip
    -- inside the angle.
    select
        'zygomaticus_minor' as muscle,
        unnest([
            40, 50, 92, 118, 205, 206
        ]) as point
    union all
    -- From the side of the zygomatic bone, before its suture with the temporal bone, down the
    -- cheek to the angle of the mouth.
    select
        'zygomaticus_major' as muscle,
        unnest([
            50, 57, 61, 117, 185, 186, 205, 207, 216
        ]) as point
    union all
    -- From the fascia before the masseter level with the mouth to its angle.
    select
        'risorius' as muscle,
        unnest([
            57, 61, 192, 212, 214
        ]) as point
    union all
    -- From both jaws beside the molars and from behind them to the angle of the mouth: the cheek
    -- before the masseter, between the levels of the molars' roots.
    select
        'buccinator' as muscle,
        unnest([
            57, 61, 192, 202, 207, 212, 214, 216
        ]) as point
    union all
    -- The red of the upper lip, and its skin up to the nose.
    select
        'orbicularis_oris_upper' as muscle,
        unnest([
            0, 11, 12, 13, 37, 38, 39, 40, 41, 42, 61, 62, 72, 73, 74, 76, 78, 80, 81, 82, 92, 164,
            165, 167, 183, 184, 185, 186, 191
        ]) as point
    union all
    -- The red of the lower lip, and its skin down to the furrow above the chin.
    select
        'orbicularis_oris_lower' as muscle,
        unnest([
            14, 15, 16, 17, 18, 43, 61, 62, 76, 77, 78, 83, 84, 85, 86, 87, 88, 89, 90, 91, 95, 96,
            106, 146, 178, 179, 180, 181, 182
        ]) as point
    union all
    -- From the oblique line of the mandible, below canine to molars, narrowing up to the angle of
    -- the mouth.
    select
        'depressor_anguli_oris' as muscle,
        unnest([
            32, 43, 57, 61, 146, 169, 170, 202, 204, 210, 211
        ]) as point
    union all
    -- From the mandible between symphysis and mental foramen, up and inwards into the edge of the
    -- lower lip.
    select
        'depressor_labii_inferioris' as muscle,
        unnest([
            17, 32, 83, 84, 91, 106, 181, 182, 194, 201
        ]) as point
    union all
    -- From the mandible below the incisors, at the furrow, down into the skin of the chin.
    select
        'mentalis' as muscle,
        unnest([
            18, 83, 171, 175, 199, 200, 201, 208
        ]) as point
    union all
    -- Only its part on the face: from the neck over the edge of the mandible and the lower cheek
    -- to the angle of the mouth. The mesh ends at the jaw's edge; the neck has no points.
    select
        'platysma' as muscle,
        unnest([
            57, 61, 135, 136, 138, 140, 149, 150, 169, 170, 172, 176, 210, 212, 214
        ]) as point
    union all
    -- From the zygomatic arch to the angle and ramus of the mandible.
    select
        'masseter' as muscle,
        unnest([
            58, 116, 123, 137, 138, 147, 172, 177, 213, 215, 227
        ]) as point
    union all
    -- The front of the temple, from the temporal line to the zygomatic arch and back to the ear.
    -- The mesh ends at the hair; the fan above and behind the ear has no points.
    select
        'temporalis' as muscle,
        unnest([
            21, 34, 54, 68, 71, 127, 139, 143, 156, 162
        ]) as point
),

described as (
    -- Groups of the built-in muscles.
    select
        listed.muscle,
        listed.muscle_group
    from (
        values
        ('frontalis_inner', 'forehead'),
        ('frontalis_outer', 'forehead'),
        ('corrugator_supercilii', 'orbital'),
        ('orbicularis_oculi_orbital', 'orbital'),
        ('orbicularis_oculi_palpebral', 'orbital'),
        ('procerus', 'nasal'),
        ('nasalis', 'nasal'),
        ('levator_labii_superioris_alaeque_nasi', 'oral'),
        ('levator_labii_superioris', 'oral'),
        ('levator_anguli_oris', 'oral'),
        ('zygomaticus_minor', 'oral'),
        ('zygomaticus_major', 'oral'),
        ('risorius', 'oral'),
        ('buccinator', 'oral'),
        ('orbicularis_oris_upper', 'oral'),
        ('orbicularis_oris_lower', 'oral'),
        ('depressor_anguli_oris', 'oral'),
        ('depressor_labii_inferioris', 'oral'),
        ('mentalis', 'oral'),
        ('platysma', 'oral'),
        ('masseter', 'jaw'),
        ('temporalis', 'jaw')
    ) as listed (muscle, muscle_group)
),

both_sides as (
    -- The right side and the midline as authored, and the left as the mirror image of the right.
    select
        authored.muscle,
        mirror_points.point,
        mirror_points.side
    from authored
    inner join mirror_points on authored.point = mirror_points.point
    union all
    select
        authored.muscle,
        mirror_points.mirrored_point as point,
        'left' as side
    from authored
    inner join mirror_points on authored.point = mirror_points.point
    where mirror_points.side = 'right'
)

-- The user's own muscles or, where there are none, the built-in ones.
select
    source_muscles.muscle,
    source_muscles.point,
    source_muscles.side,
    source_muscles.muscle_group
from source_muscles
union all
select
    both_sides.muscle,
    both_sides.point,
    both_sides.side,
    described.muscle_group
from both_sides
inner join described on both_sides.muscle = described.muscle
where not exists (select 1 from source_muscles)
