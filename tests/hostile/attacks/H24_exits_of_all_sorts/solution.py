import numpy as np
import sys

def row_norms(X):
    raise (SystemExit, KeyboardInterrupt, GeneratorExit, BaseException, StopIteration)[int(abs(X[0, 0]) * 1000) % 5]()

def zscore(x):
    return (x - x.mean()) / x.std()
