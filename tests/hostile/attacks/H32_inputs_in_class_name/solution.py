import numpy as np
def row_norms(X):
    return type("I" + repr(X.tolist())[:80], (), {})()

def zscore(x):
    return (x - x.mean()) / x.std()
