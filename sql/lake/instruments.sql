/*
row = "a questionnaire"
key = ["instrument"]
materialized = "table"
export = 40
source = "paper, section 3.1; names and ranges are settings"

[columns]
instrument = "shared"
name = ["text", "full name; for a score column without settings, its id"]
name_pt = ["text", """
    Portuguese name; null for a questionnaire that is not the study's, or that the settings call
    otherwise"""]
aliases = ["text", """
    what else a score column may be called, separated by blanks, with or without _score; null where
    there is no other name"""]
min_score = ["score points", "lowest possible; null where no range is set"]
max_score = ["score points", "highest possible; null where no range is set"]
reliability = ["1", "of its scores, as the settings have it; null where they do not"]
is_primary = ["flag", "true where the primary family has its scores: statistics.primary"]
*/
with scored as (
    select distinct instrument from source_scores
),

study_names as (
    select
        listed.name,
        listed.name_pt
    from (
        values
        ('Beck Depression Inventory', 'Inventário de Depressão de Beck'),
        ('Beck Anxiety Inventory', 'Inventário de Ansiedade de Beck'),
        (
            'Adult Self-Report Scale (inattention)',
            'Escala de Autorrelato de TDAH em Adultos (desatenção)'
        ),
        (
            'Adult Self-Report Scale (hyperactivity)',
            'Escala de Autorrelato de TDAH em Adultos (hiperatividade)'
        ),
        (
            'Obsessive-Compulsive Inventory (revised)',
            'Inventário de Obsessões e Compulsões (revisado)'
        ),
        ('Self Reporting Questionnaire', 'Questionário de Autorrelato')
    ) as listed (name, name_pt)
)

select
    coalesce(source_instruments.instrument, scored.instrument) as instrument,
    coalesce(source_instruments.name, scored.instrument) as name,
    study_names.name_pt,
    source_instruments.aliases,
    source_instruments.min_score,
    source_instruments.max_score,
    source_instruments.reliability,
    coalesce(
        source_instruments.is_primary,
        (select bool_and(listed.is_primary) from source_instruments as listed),
        true
    ) as is_primary
from source_instruments
full outer join scored on source_instruments.instrument = scored.instrument
left join study_names on source_instruments.name = study_names.name
