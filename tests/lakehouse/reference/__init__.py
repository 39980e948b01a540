"""The study's results computed again from the lake alone, and compared with the warehouse's.

It shares no code with the warehouse, its steps or its models, so that both can only agree where
both do what they are meant to. It reads the lake's Parquet files, the settings, and what is known
of the face beforehand where that comes from: MediaPipe's face model and list of connections, the
paper's lists. Photographs lie in one array of shape (photos, points, 3), masks in one of shape
(cells, points, 3); what is not there is NaN.

`results.Results` gives every relation by its name, `compare` holds it beside the warehouse's.
"""
