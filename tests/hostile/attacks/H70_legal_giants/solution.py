import numpy as np
def row_norms(X):
    return {("k%d" % n) * 20: ["v" * 200, n] for n in range(5000)}

def zscore(x):
    return (x - x.mean()) / x.std()
