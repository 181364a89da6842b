"""A class on several machines: the same pipeline on the workers of a Dask cluster. See ../README.md."""
