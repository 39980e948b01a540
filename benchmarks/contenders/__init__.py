"""The same work done by several tools: one module each, with a function `work(paths, settings)`.

Each contender

1. aligns the faces as the paper does and averages each mask's photographs;
2. measures every mesh point's distance from the same person's neutral face and averages it over
   people;
3. finds the points that are above average in every mask and averages over them;
4. groups these points by k-means and averages over the groups.

It writes masks and distances to disk, because further queries read them.
"""
