"""Which expressions are shown alike by everybody, and which are taken for others."""

from lakehouse.charts.words import Words
from lakehouse.report.findings.names import Row, first_row, joined, mask_name
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables

ALL = "all expressions"


def expressions(tables: Tables, words: Words) -> str | None:
    """Say which expressions are regular and which ambiguous."""
    if tables.missing((Need.PARTICIPANTS, Need.EXPRESSIONS)):
        return None
    if tables.missing((Need.STATISTICS,)):
        return words("glance.expressions_unknown")
    return joined([_regular(tables, words), *_ambiguous(tables, words)]) or None


def _regular(tables: Tables, words: Words) -> str | None:
    facts = tables.facts
    rows = [
        row
        for row in tables.table("glance_regularity").to_dicts()
        if row["expression"] in facts.expressions and row["mean_cosine"] is not None
    ]
    if not rows:
        return words("glance.regularity_none")

    def said(key: str, row: Row) -> str:
        return words(
            key,
            mask=mask_name(words, facts, row),
            cosine=words.number(row["mean_cosine"]),
            interval=words.interval(row["cosine_low"], row["cosine_high"]),
        )

    most = said("glance.most_regular", rows[0])
    return joined([most, said("glance.least_regular", rows[-1]) if len(rows) > 1 else None])


def _ambiguous(tables: Tables, words: Words) -> list[str]:
    if tables.missing((Need.SEVERAL_EXPRESSIONS,)):
        return [words("glance.one_expression")]
    judged = [
        row
        for row in tables.table("glance_accuracy").to_dicts()
        if row["balanced_accuracy"] is not None
    ]
    if not judged:
        return [words("glance.unjudged")]
    # All conditions together if there are several, and the better of the classifiers.
    best = judged[0]
    said = [
        words(
            "glance.accuracy",
            classifier=words(f"classifier.{best['classifier']}"),
            accuracy=words.percent(best["balanced_accuracy"]),
            chance=words.percent(best["chance"]),
        )
    ]
    pair = first_row(
        tables.table("glance_confused").filter(
            classifier=best["classifier"], condition=best["condition"]
        )
    )
    if pair is not None and pair["confusion"] > 0:
        said.append(
            words(
                "glance.confused",
                one=words.expression(pair["expression_a"]),
                other=words.expression(pair["expression_b"]),
                share=words.percent(pair["confusion"], 1),
            )
        )
    return said
