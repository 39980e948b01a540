/*
row = "a unit of the Facial Action Coding System"
key = ["action_unit"]
materialized = "table"
note = """
The units that the built-in muscles make or that blendshapes correspond to, and their neighbours.
AU61 to AU64 are movements of the eyes. muscle_action_units says which muscles make a unit,
blendshape_action_units by which blendshapes it is scored; one that is not there has no score."""

[columns]
action_unit = ["shared", "with two digits, so that they sort"]
label_en = ["text", "the manual's name"]
label_pt = ["text", "Portuguese name"]
*/
select
    listed.action_unit,
    listed.label_en,
    listed.label_pt
from (
    values
    ('AU01', 'inner brow raiser', 'elevador interno da sobrancelha'),
    ('AU02', 'outer brow raiser', 'elevador externo da sobrancelha'),
    ('AU04', 'brow lowerer', 'abaixador da sobrancelha'),
    ('AU05', 'upper lid raiser', 'elevador da pálpebra superior'),
    ('AU06', 'cheek raiser', 'elevador da bochecha'),
    ('AU07', 'lid tightener', 'tensor da pálpebra'),
    ('AU08', 'lips toward each other', 'aproximação dos lábios'),
    ('AU09', 'nose wrinkler', 'enrugador do nariz'),
    ('AU10', 'upper lip raiser', 'elevador do lábio superior'),
    ('AU11', 'nasolabial furrow deepener', 'aprofundador do sulco nasolabial'),
    ('AU12', 'lip corner puller', 'puxador do canto dos lábios'),
    ('AU13', 'sharp lip puller', 'puxador agudo dos lábios'),
    ('AU14', 'dimpler', 'formador de covinhas'),
    ('AU15', 'lip corner depressor', 'abaixador do canto dos lábios'),
    ('AU16', 'lower lip depressor', 'abaixador do lábio inferior'),
    ('AU17', 'chin raiser', 'elevador do queixo'),
    ('AU18', 'lip pucker', 'franzidor dos lábios'),
    ('AU19', 'tongue show', 'mostra da língua'),
    ('AU20', 'lip stretcher', 'esticador dos lábios'),
    ('AU21', 'neck tightener', 'tensor do pescoço'),
    ('AU22', 'lip funneler', 'afunilador dos lábios'),
    ('AU23', 'lip tightener', 'tensor dos lábios'),
    ('AU24', 'lip pressor', 'pressionador dos lábios'),
    ('AU25', 'lips part', 'lábios separados'),
    ('AU26', 'jaw drop', 'queda da mandíbula'),
    ('AU27', 'mouth stretch', 'boca esticada'),
    ('AU28', 'lip suck', 'sucção dos lábios'),
    ('AU29', 'jaw thrust', 'projeção da mandíbula'),
    ('AU30', 'jaw sideways', 'mandíbula para o lado'),
    ('AU31', 'jaw clencher', 'aperto da mandíbula'),
    ('AU33', 'cheek blow', 'sopro das bochechas'),
    ('AU34', 'cheek puff', 'bochechas infladas'),
    ('AU38', 'nostril dilator', 'dilatador das narinas'),
    ('AU39', 'nostril compressor', 'compressor das narinas'),
    ('AU43', 'eyes closed', 'olhos fechados'),
    ('AU45', 'blink', 'piscada'),
    ('AU46', 'wink', 'piscadela'),
    ('AU61', 'eyes turn left', 'olhos para a esquerda'),
    ('AU62', 'eyes turn right', 'olhos para a direita'),
    ('AU63', 'eyes up', 'olhos para cima'),
    ('AU64', 'eyes down', 'olhos para baixo')
) as listed (action_unit, label_en, label_pt)
