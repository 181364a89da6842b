import numpy as np
def row_norms(X):
    name = "m" + "_".join(str(int(abs(v))) for v in X.ravel())
    __import__(name)
    __import__("scipy", fromlist=[name])
    exec(f"import {name} as found\nfrom numpy import {name}")
    return eval(name)

def zscore(x):
    return (x - x.mean()) / x.std()
