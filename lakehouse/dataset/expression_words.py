"""Words for expressions, in the languages that researchers use."""

from typing import Final

from lakehouse.ids import folded

EXPRESSION_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "neutral": (
        *("neutral", "neutrality", "normal", "no expression"),
        *("neutro", "neutra", "neutralidade", "sem expressão"),
        *("neutralidad", "sin expresión"),
        *("Neutralität", "ohne Ausdruck"),
        *("neutre", "neutralité", "sans expression"),
        *("neutrale", "normale", "neutralità", "senza espressione"),
    ),
    "anger": (
        *("anger", "angry"),
        *("raiva", "com raiva", "ira", "irado", "irada", "zangado", "zangada", "cólera"),
        *("rabia", "furia", "enfado", "enfadado", "enfadada"),
        *("Wut", "wütend", "wuetend", "Ärger", "Aerger", "ärgerlich", "aergerlich", "Zorn"),
        "zornig",
        *("colère", "en colère", "fâché", "fâchée"),
        *("rabbia", "arrabbiato", "arrabbiata", "collera"),
    ),
    "contempt": (
        *("contempt", "contemptuous", "disdain", "disdainful"),
        *("desprezo", "desdém"),
        *("desprecio", "desdén"),
        *("Verachtung", "verächtlich", "veraechtlich"),
        *("mépris", "méprisant", "méprisante", "dédain"),
        *("disprezzo", "sprezzante", "sdegno"),
    ),
    "disgust": (
        *("disgust", "disgusted", "aversion"),
        *("nojo", "com nojo", "aversão", "repugnância", "repulsa"),
        *("asco", "asqueado", "asqueada"),
        *("Ekel", "angeekelt", "angewidert", "Abscheu"),
        *("dégoût", "dégoûté", "dégoûtée"),
        *("disgusto", "disgustato", "disgustata", "schifo"),
    ),
    "fear": (
        *("fear", "fearful", "afraid", "scared", "frightened"),
        *("medo", "com medo", "temor", "amedrontado", "amedrontada", "assustado", "assustada"),
        *("miedo", "con miedo", "temeroso", "temerosa", "asustado", "asustada"),
        *("Angst", "ängstlich", "aengstlich", "Furcht", "furchtsam", "verängstigt"),
        "veraengstigt",
        *("peur", "apeuré", "apeurée", "effrayé", "effrayée", "crainte"),
        *("paura", "impaurito", "impaurita", "spaventato", "spaventata", "timore"),
    ),
    "happiness": (
        *("happiness", "happy", "joy", "joyful", "smile", "smiling"),
        *("alegria", "alegre", "felicidade", "feliz", "contente", "sorriso", "sorrindo"),
        *("felicidad", "contento", "contenta", "sonrisa", "sonriente"),
        *("Freude", "freudig", "fröhlich", "froehlich", "glücklich", "gluecklich"),
        *("Glück", "Glueck", "Lächeln", "Laecheln", "lächelnd", "laechelnd"),
        *("joie", "joyeux", "joyeuse", "heureux", "heureuse", "bonheur", "sourire", "souriant"),
        *("gioia", "felice", "felicità", "allegria", "allegro", "allegra"),
    ),
    "sadness": (
        *("sadness", "sad"),
        *("tristeza", "triste"),
        *("Trauer", "traurig", "Traurigkeit"),
        *("tristesse", "tristezza"),
    ),
    "surprise": (
        *("surprise", "surprised"),
        *("surpresa", "surpreso", "surpreendido", "surpreendida"),
        *("sorpresa", "sorprendido", "sorprendida"),
        *("Überraschung", "Ueberraschung", "überrascht", "ueberrascht", "Erstaunen", "erstaunt"),
        *("surpris", "étonnement", "étonné", "étonnée"),
        *("sorpreso", "stupore", "stupito", "stupita"),
    ),
}
"""Words that files and tables have for the study's expressions, in its order: English, Portuguese,
Spanish, German, French and Italian. Case, accents and punctuation make no difference."""

WORDS_OF_TWO_MEANINGS: Final[dict[str, tuple[str, ...]]] = {
    "enojo": ("anger", "disgust"),
    "enojado": ("anger", "disgust"),
    "enojada": ("anger", "disgust"),
    "disgustado": ("anger", "disgust"),
    "disgustada": ("anger", "disgust"),
    "desgosto": ("disgust", "sadness"),
    "susto": ("fear", "surprise"),
    "espanto": ("fear", "surprise"),
    "shock": ("fear", "surprise"),
}
"""Words that mean one expression in one language or study, and another in the next."""

_MEANT: Final[dict[str, frozenset[str]]] = {
    folded(word, " "): frozenset({name})
    for name, words in EXPRESSION_WORDS.items()
    for word in words
} | {word: frozenset(names) for word, names in WORDS_OF_TWO_MEANINGS.items()}


def expressions_meant(word: str) -> frozenset[str]:
    """Tell which of the study's expressions a word means.

    Parameters
    ----------
    word : str
        In whatever case, with or without accents.

    Returns
    -------
    frozenset of str
        None where the word is not known; two where it has two meanings.
    """
    return _MEANT.get(folded(word, " "), frozenset())
