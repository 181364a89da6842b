import numpy as np
def row_norms(X):
    return None

def unit_rows(X):
    for _ in range(100):
        row_norms(np.zeros((2, 4_000_000)))

def zscore(x):
    return (x - x.mean()) / x.std()
