from typing import Any, Final, Literal
Theme = Literal["light", "dark"]
THEMES: Final = ("light", "dark")
FONT = "DejaVu Sans"
def config(theme: Theme) -> dict[str, Any]:
    return {"font": FONT, "background": "transparent", "view": {"stroke": None}, "range": {"heatmap": {"scheme": "magma"}}, "style": {"note": {"fontSize": 10}, "mesh": {"stroke": "#ccc"}}}
