-- description = "Outlines of the mean masks under each method of alignment"
-- people = ["participants"]

with outlines (line, points) as (
    -- Face, eyes, brows, lips without and within, bridge and base of the nose.
    values
    (1, [
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109, 10
    ]),
    (2, [
        263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466, 263
    ]),
    (3, [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246, 33]),
    (4, [276, 283, 282, 295, 285, 336, 296, 334, 293, 300, 276]),
    (5, [46, 53, 52, 65, 55, 107, 66, 105, 63, 70, 46]),
    (6, [
        61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40,
        185, 61
    ]),
    (7, [
        78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80,
        191, 78
    ]),
    (8, [168, 6, 197, 195, 5, 4]),
    (9, [98, 97, 2, 326, 327])
),

places as (
    select
        line,
        unnest(points) as point,
        unnest(range(len(points))) as place
    from outlines
),

lines as (
    select
        alignment_masks.method,
        alignment_masks.mask,
        alignment_masks.expression,
        alignment_masks.supervised,
        places.line,
        list(
            [
                cast(round(alignment_masks.x) as integer),
                cast(round(alignment_masks.y) as integer)
            ]
            order by places.place
        ) as line_places
    from places
    inner join alignment_masks on places.point = alignment_masks.point
    group by
        alignment_masks.method,
        alignment_masks.mask,
        alignment_masks.expression,
        alignment_masks.supervised,
        places.line
),

people as (
    select
        mask,
        max(participants) as participants
    from mean_masks
    group by mask
)

select
    lines.method,
    lines.expression,
    lines.supervised,
    mask_labels.is_reference,
    any_value(people.participants) as participants,
    any_value(alignment_comparison.upper_face_size) as upper_face_size,
    any_value(alignment_comparison.chin_drop) as chin_drop,
    {
        'type': 'MultiLineString',
        'coordinates': list(lines.line_places order by lines.line)
    } as geo
from lines
inner join mask_labels on lines.mask = mask_labels.mask
inner join people on lines.mask = people.mask
left join alignment_comparison
    on
        lines.method = alignment_comparison.method
        and lines.mask = alignment_comparison.mask
group by lines.method, lines.mask, lines.expression, lines.supervised, mask_labels.is_reference
order by
    case lines.method when 'paper' then 1 when 'neutral_scale' then 2 else 3 end asc,
    mask_labels.is_reference desc,
    lines.mask asc
