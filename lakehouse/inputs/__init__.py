"""The one door for what people hand over: tables, published lists, muscles, settings files."""
