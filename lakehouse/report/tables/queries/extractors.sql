-- description = "What found the landmarks, and with which model; of a still, those of its frames"

select
    regexp_replace(extractor, '^still of a video: ', '') as extractor,
    model_sha256,
    cast(count(*) as integer) as photographs
from photos
where status = 'ok'
group by all
order by all
