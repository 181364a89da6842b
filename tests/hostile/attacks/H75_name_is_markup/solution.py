import numpy as np
def row_norms(X):
    return "a name"

def zscore(x):
    return (x - x.mean()) / x.std()
