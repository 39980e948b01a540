/*
row = "a video whose stillest stretch was looked for, and that stretch"
key = ["video_index"]
materialized = "table"
videos = true
internal = true
note = """
Stretches of video.neutral_s begin at the first frame of each quarter of that time. Their movement
is the variance over their frames of where the parts of the face lie, averaged over the parts: means
of many points, in which noise cancels and movement does not. A stretch counts if it has half as
many frames with a face as the video's step would give, and three at least. A face that is held at
its greatest movement is as still as a neutral one."""

[columns]
video_index = "shared"
from_s = "shared:stretch_from"
to_s = "shared:stretch_to"
*/
with searched as (
    select distinct video_index from internal.still_centres
),

placed as (
    select
        frame_alignments.video_index,
        frame_alignments.frame_index,
        frame_alignments.time_s,
        cast(floor(frame_alignments.time_s / settings.video_neutral_s) as integer) as whole,
        cast(floor(4.0 * frame_alignments.time_s / settings.video_neutral_s) as integer) as quarter,
        settings.video_neutral_s as length_s
    from internal.frame_alignments
    inner join searched on frame_alignments.video_index = searched.video_index
    cross join settings
),

beginnings as (
    select
        video_index,
        min(time_s) as from_s,
        min(time_s) + min(length_s) as to_s,
        min(whole) as whole
    from placed
    group by video_index, quarter
),

reached as (
    -- A stretch lies in the whole of its beginning and the next.
    select
        video_index,
        from_s,
        to_s,
        whole
    from beginnings
    union all
    select
        video_index,
        from_s,
        to_s,
        whole + 1 as whole
    from beginnings
),

steps as (
    select
        video_index,
        time_s - lag(time_s) over (partition by video_index order by time_s, frame_index) as step_s
    from placed
),

usual as (
    select
        video_index,
        median(step_s) as step_s
    from steps
    group by video_index
),

held as (
    select
        reached.video_index,
        reached.from_s,
        reached.to_s,
        placed.frame_index
    from reached
    inner join placed
        on
            reached.video_index = placed.video_index
            and reached.whole = placed.whole
            and reached.from_s <= placed.time_s
            and reached.to_s > placed.time_s
),

long_enough as (
    select
        held.video_index,
        held.from_s,
        held.to_s
    from held
    inner join usual on held.video_index = usual.video_index
    group by held.video_index, held.from_s, held.to_s, usual.step_s
    having count(*) >= 3 and 2 * count(*) * usual.step_s >= held.to_s - held.from_s
),

varied as (
    select
        held.video_index,
        held.from_s,
        held.to_s,
        still_centres.part,
        var_pop(still_centres.x) + var_pop(still_centres.y) as variance
    from held
    inner join long_enough
        on
            held.video_index = long_enough.video_index
            and held.from_s = long_enough.from_s
    inner join internal.still_centres on held.frame_index = still_centres.frame_index
    group by held.video_index, held.from_s, held.to_s, still_centres.part
),

ranked as (
    select
        video_index,
        from_s,
        to_s,
        row_number() over (partition by video_index order by avg(variance), from_s) as place
    from varied
    group by video_index, from_s, to_s
)

select
    video_index,
    from_s,
    to_s
from ranked
where place = 1
