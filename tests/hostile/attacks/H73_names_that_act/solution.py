import numpy as np
BAD = "\x1b[2J\x9b31m<script>alert(1)</script>\u202e=1+1\r\n\x00"

def row_norms(X):
    if X.shape == (2, 2):
        raise type(BAD, (Exception,), {})(BAD)
    return {BAD: type(BAD, (), {})()}

def zscore(x):
    return (x - x.mean()) / x.std()
