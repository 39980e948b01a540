/*
row = "a photograph with a face, and the measures that alignments need of it"
key = ["photo_index"]
materialized = "table"
internal = true
source = """
paper, section 3.2.1 (alignEyes, alignFace): eyes, forehead and chin; beyond the paper, the fit of
procrustes_basis"""
note = """
The fit is the similarity (turn, scale and shift, no reflection) with the least weighted sum of
squared distances to the canonical face, in the image plane. Written as complex numbers relative to
their weighted centres, with p in the photo and q in the canonical face, it is q = a p with a =
sum(w conj(p) q) / sum(w |p|^2)."""

[batch]
relation = "photos"
column = "photo_index"
size = 65536

[columns]
photo_index = "shared"
forehead_x = ["px", "point 10 in the photo"]
forehead_y = ["px", "point 10 in the photo"]
forehead_z = ["px", "point 10 in the photo; null where the landmarks came without"]
face_height = ["px", "distance from the forehead (10) to the chin (152)"]
eye_roll = ["deg", "angle of the line from point 133 to point 362"]
centre_x = ["px", "weighted centre of the basis in the photo"]
centre_y = ["px", "weighted centre of the basis in the photo"]
centre_z = ["px", """
    weighted centre of the basis in the photo; null where the landmarks came without"""]
fit_cos = ["aligned px per px", """
    scale of the fit times the cosine of the angle by which it turns the face back"""]
fit_sin = ["aligned px per px", "scale of the fit times the sine of that angle"]
upper_size = ["px", """
    size of the upper face: root mean square distance of the basis' upper points from their
    centre"""]
alignable = ["flag", """
    true where every method of alignment finds a similarity: all of its points are there, and
    those that give a size or an angle do not coincide"""]
*/
with anchors as (
    -- The landmarks that are needed, read once: the rest of this query works on a fourteenth of
    -- all.
    select
        photo_index,
        point,
        x,
        y,
        z
    from numbered_landmarks
    where
        point in (
            select procrustes_basis.point from procrustes_basis
            union
            select ends.point from (values (10), (133), (152), (362)) as ends (point)
        )
),

marks as (
    -- Forehead, chin and inner corners of the eyes of each photograph, side by side.
    select
        photo_index,
        max(x) filter (where point = 10) as forehead_x,
        max(y) filter (where point = 10) as forehead_y,
        max(z) filter (where point = 10) as forehead_z,
        max(x) filter (where point = 152) as chin_x,
        max(y) filter (where point = 152) as chin_y,
        max(x) filter (where point = 133) as right_eye_x,
        max(y) filter (where point = 133) as right_eye_y,
        max(x) filter (where point = 362) as left_eye_x,
        max(y) filter (where point = 362) as left_eye_y
    from anchors
    where point in (10, 133, 152, 362)
    group by photo_index
),

basis_centre as (
    -- The weighted centre of the canonical points.
    select
        count(*) as points,
        sum(weight) as weight,
        sum(weight * x) / sum(weight) as x,
        sum(weight * y) / sum(weight) as y
    from procrustes_basis
),

basis as (
    -- The canonical points relative to their centre; their weights add up to 1.
    select
        procrustes_basis.point,
        procrustes_basis.upper,
        procrustes_basis.weight / basis_centre.weight as share,
        procrustes_basis.x - basis_centre.x as x,
        procrustes_basis.y - basis_centre.y as y
    from procrustes_basis
    cross join basis_centre
),

from_forehead as (
    -- The same points of each photograph, relative to its forehead. Relative to the picture's
    -- corner, squares of large numbers would swallow the small differences.
    select
        anchors.photo_index,
        basis.upper,
        basis.share,
        basis.x as basis_x,
        basis.y as basis_y,
        anchors.x - marks.forehead_x as x,
        anchors.y - marks.forehead_y as y,
        anchors.z - marks.forehead_z as z
    from anchors
    inner join basis on anchors.point = basis.point
    inner join marks on anchors.photo_index = marks.photo_index
),

moments as (
    -- The weighted sums of which the fit is made.
    select
        photo_index,
        count(*) as points,
        sum(share * x) as x,
        sum(share * y) as y,
        sum(share * z) as z,
        sum(share * (x * x + y * y)) as squared,
        sum(share * (x * basis_x + y * basis_y)) as along,
        sum(share * (y * basis_x - x * basis_y)) as across,
        avg(x) filter (where upper) as upper_x,
        avg(y) filter (where upper) as upper_y,
        avg(x * x + y * y) filter (where upper) as upper_squared
    from from_forehead
    group by photo_index
),

fits as (
    -- The fit, a = sum(w conj(p) q) / sum(w |p|^2), and the size of the upper face.
    select
        photo_index,
        points,
        x,
        y,
        z,
        along / nullif(squared - x * x - y * y, 0) as fit_cos,
        across / nullif(squared - x * x - y * y, 0) as fit_sin,
        -- Where points coincide, rounding may leave a little less than nothing.
        sqrt(abs(upper_squared - upper_x * upper_x - upper_y * upper_y)) as upper_size
    from moments
),

measured as (
    -- Height of the face, distance of the eyes and their angle, for the paper's alignment.
    select
        photo_index,
        forehead_x,
        forehead_y,
        forehead_z,
        sqrt(power(chin_x - forehead_x, 2) + power(chin_y - forehead_y, 2)) as face_height,
        sqrt(
            power(left_eye_x - right_eye_x, 2) + power(left_eye_y - right_eye_y, 2)
        ) as eye_distance,
        degrees(atan2(left_eye_y - right_eye_y, left_eye_x - right_eye_x)) as eye_roll
    from marks
)

select
    measured.photo_index,
    measured.forehead_x,
    measured.forehead_y,
    measured.forehead_z,
    measured.face_height,
    measured.eye_roll,
    measured.forehead_x + fits.x as centre_x,
    measured.forehead_y + fits.y as centre_y,
    measured.forehead_z + fits.z as centre_z,
    fits.fit_cos,
    fits.fit_sin,
    fits.upper_size,
    coalesce(
        measured.face_height > 0
        and measured.eye_distance > 0
        and fits.fit_cos * fits.fit_cos + fits.fit_sin * fits.fit_sin > 0
        and fits.points = basis_centre.points, false
    ) as alignable
from measured
cross join basis_centre
left join fits on measured.photo_index = fits.photo_index
