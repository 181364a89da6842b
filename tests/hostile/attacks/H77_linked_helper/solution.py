import numpy as np
def row_norms(X):
    from helper import row_norms
    return row_norms(X)

def zscore(x):
    return (x - x.mean()) / x.std()
