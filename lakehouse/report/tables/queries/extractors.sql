-- description = "What found the landmarks, and with which model"

select
    extractor,
    model_sha256,
    cast(count(*) as integer) as photographs
from photos
where status = 'ok'
group by extractor, model_sha256
order by extractor, model_sha256
