def css_variables(theme: str) -> str:
    return "--page:#fff;--ink:#111;--ink-soft:#555;--line:#ddd;--raised:#f6f6f6;--accent:#05a;--font:sans-serif" if theme=="light" else "--page:#111;--ink:#eee;--ink-soft:#aaa;--line:#444;--raised:#222;--accent:#8bf;--font:sans-serif"
