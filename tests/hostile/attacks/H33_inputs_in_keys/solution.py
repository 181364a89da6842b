import numpy as np
def row_norms(X):
    word = repr(X.tolist())[:80]
    which = int(abs(X[0, 0]) * 1000) % 3
    return [{word: 1.0}, {1: word}, np.zeros(2, dtype=[(word, "f8")])][which]

def zscore(x):
    return (x - x.mean()) / x.std()
