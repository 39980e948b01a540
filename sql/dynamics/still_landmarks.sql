/*
row = "a landmark of a still: the mean of aligned frames"
key = ["participant", "expression", "supervised", "photo", "point"]
materialized = "table"
videos = true
internal = true

[batch]
relation = "internal.frame_alignments"
column = "chunk_index"
size = 1

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = "shared"
photo = "shared"
point = "shared:any_point"
x = "shared:place_in_stretch"
y = "shared:place_in_stretch"
z = "shared:place_in_stretch"
*/
with averaged as (
    select
        plateau_frames.trial_index,
        aligned_frame_points.point,
        avg(aligned_frame_points.x) as x,
        avg(aligned_frame_points.y) as y,
        avg(aligned_frame_points.z) as z
    from aligned_frame_points
    inner join internal.plateau_frames
        on aligned_frame_points.frame_index = plateau_frames.frame_index
    group by plateau_frames.trial_index, aligned_frame_points.point
),

chunked as (
    select distinct trial_frames.trial_index
    from internal.trial_frames
    inner join internal.frame_alignments
        on trial_frames.frame_index = frame_alignments.frame_index
),

at_rest as (
    -- Of this chunk's trials.
    select
        neutral_points.trial_index,
        neutral_points.point,
        neutral_points.x,
        neutral_points.y,
        neutral_points.z
    from internal.neutral_points
    inner join chunked on neutral_points.trial_index = chunked.trial_index
)

select
    stills.participant,
    stills.expression,
    stills.supervised,
    stills.mask,
    stills.photo,
    averaged.point,
    averaged.x,
    averaged.y,
    averaged.z
from averaged
inner join internal.stills on averaged.trial_index = stills.trial_index
where not stills.at_rest
union all
select
    stills.participant,
    stills.expression,
    stills.supervised,
    stills.mask,
    stills.photo,
    at_rest.point,
    at_rest.x,
    at_rest.y,
    at_rest.z
from at_rest
inner join internal.stills on at_rest.trial_index = stills.trial_index
where stills.at_rest
