/*
row = "a mesh point of a mask: how far it moves, beside how far it would seem to if nothing moved"
key = ["mask", "point"]
materialized = "table"
part = "statistics"
source = "the plus-minus reference of Schimmel 1967 (Science 157, 92-94), in the plane or in space"
note = "Noise is what makes the photographs of a cell differ. A cell's photographs are added with weights of which the sum is 0 and the sum of squares that of a mean's weights: what they share, the face, cancels, and what is left has the variance of the noise in the mask. Such a sum of the mask less one of the neutral face is as long as the distance between the two would be without movement. The weights are the root of 2 times the cosine, and again the sine, of 2 pi place / photos, over photos; with two photographs a half and minus a half. Both count where both cells have three photographs, which gives everything that three photographs know of their noise. Where noise is normal, the mean length is the expected distance without movement, whatever its size and direction in each person; were it the same in all directions with standard deviation s in a photograph, it would be s times the root of (1 / photos + 1 / neutral photos) pi / 2 (Rayleigh). Real small movements from photograph to photograph count as noise, and so do errors of alignment."

[columns]
mask = ["id", "label of expression and condition, such as 05-00; never 00-00"]
point = ["id", "0-467 face mesh"]
participants = ["count", "participants in noise_distance: with two photographs of the mask and of the neutral face at least"]
mean_distance = ["aligned px", "mean distance from the neutral face, as in point_averages"]
noise_distance = ["aligned px", "expected distance between mask and neutral face where nothing moved; in the image plane or with depth, as the setting distance.dimensions says"]
neutral_distance = ["aligned px", "mean distance of the neutral face with cue (00-01) from that without; null where the dataset has none"]
over_noise = ["1", "mean_distance over noise_distance; 1 where there is no more than noise"]
over_neutral = ["1", "mean_distance over neutral_distance"]
reason = ["text", "why there is no over_noise; null where there is one"]
*/
with placed as (
    select
        photo_index,
        cell_index,
        row_number() over (partition by cell_index order by photo_index) as place,
        count(*) over (partition by cell_index) as photos,
        count(offset_z) over (partition by cell_index) as photos_with_depth
    from photo_alignments
),

weights as (
    select
        photo_index,
        cell_index,
        case when photos > 2 then sqrt(2.0) else 1.0 end
        * cos(2 * pi() * place / photos) / photos as cosine,
        case when photos > 2 then sqrt(2.0) * sin(2 * pi() * place / photos) / photos end as sine
    from placed
    where photos > 1
),

weighted as (
    select
        weights.cell_index,
        aligned_points.point,
        sum(weights.cosine * aligned_points.x) as cosine_x,
        sum(weights.cosine * aligned_points.y) as cosine_y,
        sum(weights.cosine * aligned_points.z) as cosine_z,
        sum(weights.sine * aligned_points.x) as sine_x,
        sum(weights.sine * aligned_points.y) as sine_y,
        sum(weights.sine * aligned_points.z) as sine_z
    from aligned_points
    inner join weights on aligned_points.photo_index = weights.photo_index
    where aligned_points.point < 468
    group by weights.cell_index, aligned_points.point
),

without_depth as (
    select distinct cell_index
    from placed
    where photos_with_depth < photos
),

in_dimensions as (
    select
        weighted.cell_index,
        weighted.point,
        weighted.cosine_x,
        weighted.cosine_y,
        weighted.sine_x,
        weighted.sine_y,
        case
            when settings.distance_dimensions = 2 then 0
            when without_depth.cell_index is null then weighted.cosine_z
        end as cosine_z,
        case
            when settings.distance_dimensions = 2 then 0
            when without_depth.cell_index is null then weighted.sine_z
        end as sine_z
    from weighted
    cross join settings
    left join without_depth on weighted.cell_index = without_depth.cell_index
),

compared_cells as (
    select
        cells.cell_index,
        cells.mask,
        neutral_cells.cell_index as neutral_index
    from cells
    inner join cells as neutral_cells on cells.participant = neutral_cells.participant
    inner join mask_labels on neutral_cells.mask = mask_labels.mask
    where mask_labels.is_reference and cells.cell_index <> neutral_cells.cell_index
),

lengths as (
    select
        compared_cells.mask,
        face.point,
        sqrt(
            power(face.cosine_x - neutral.cosine_x, 2)
            + power(face.cosine_y - neutral.cosine_y, 2)
            + power(face.cosine_z - neutral.cosine_z, 2)
        ) as cosine_length,
        sqrt(
            power(face.sine_x - neutral.sine_x, 2)
            + power(face.sine_y - neutral.sine_y, 2)
            + power(face.sine_z - neutral.sine_z, 2)
        ) as sine_length
    from in_dimensions as face
    inner join compared_cells on face.cell_index = compared_cells.cell_index
    inner join in_dimensions as neutral
        on compared_cells.neutral_index = neutral.cell_index and face.point = neutral.point
),

expected as (
    select
        mask,
        point,
        count(cosine_length) as participants,
        (sum(cosine_length) + coalesce(sum(sine_length), 0))
        / nullif(count(cosine_length) + count(sine_length), 0) as noise_distance
    from lengths
    group by mask, point
),

still as (
    select
        point_averages.point,
        point_averages.mean_distance
    from point_averages
    inner join expressions on point_averages.expression = expressions.expression
    where expressions.code = '00'
)

select
    point_averages.mask,
    point_averages.point,
    cast(coalesce(expected.participants, 0) as integer) as participants,
    point_averages.mean_distance,
    expected.noise_distance,
    still.mean_distance as neutral_distance,
    -- What the alignment pins down differs by errors of rounding alone.
    case
        when expected.noise_distance > 1e-6
            then point_averages.mean_distance / expected.noise_distance
    end as over_noise,
    case
        when still.mean_distance > 1e-6 then point_averages.mean_distance / still.mean_distance
    end as over_neutral,
    case
        when point_averages.mean_distance is null then 'nobody has a distance'
        when expected.noise_distance is null
            then 'nobody has two photographs of the mask and of the neutral face'
        when expected.noise_distance <= 1e-6 then 'the photographs do not differ here'
    end as reason
from point_averages
left join expected
    on point_averages.mask = expected.mask and point_averages.point = expected.point
left join still on point_averages.point = still.point
