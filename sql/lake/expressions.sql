/*
row = "an expression of the study"
key = ["expression"]
materialized = "table"
export = 30
source = "paper, sections 2 and 4 (Portuguese names)"

[columns]
expression = "shared"
code = ["id", "its place in the study's order, two digits; 00 is the reference"]
label_en = ["text", "English label"]
label_pt = ["text", "Portuguese label; null for words the study does not know"]
*/
with study_labels as (
    select
        listed.expression,
        listed.label_pt
    from (
        values
        ('neutral', 'neutra'),
        ('anger', 'raiva'),
        ('contempt', 'desprezo'),
        ('disgust', 'nojo'),
        ('fear', 'medo'),
        ('happiness', 'alegria'),
        ('sadness', 'tristeza'),
        ('surprise', 'surpresa')
    ) as listed (expression, label_pt)
)

select
    source_expressions.expression,
    source_expressions.code,
    replace(source_expressions.expression, '_', ' ') as label_en,
    study_labels.label_pt
from source_expressions
left join study_labels on source_expressions.expression = study_labels.expression
