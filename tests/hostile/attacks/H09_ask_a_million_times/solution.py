import numpy as np
def row_norms(X):
    return None

def unit_rows(X):
    for _ in range(10 ** 6):
        row_norms(X)

def zscore(x):
    return (x - x.mean()) / x.std()
