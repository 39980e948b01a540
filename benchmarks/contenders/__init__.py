"""The same work done by several tools: a module each, with a function `work(paths, settings)`.

The work: align the faces as the paper does, average each mask's photographs, measure every mesh
point's distance from the same person's neutral face, average it over people, find the points that
are above average in every mask, average over them, group them by k-means, average over the groups.
Masks and distances are written to disk, because they are what the next question is asked of.
"""
