from math import *
import numpy as np
from IPython.display import display
import numpy as np

def sigmoid(z):
    """given"""
    return 1 / (1 + np.exp(-z))
def loss(a, y):
    if y == 1:
        return -log(a)
    else:
        return -log(1 - a)

def cost(A, Y):
    return np.mean([loss(a, y) for a, y in zip(A[0], Y[0])])

def update(w, dw, learning_rate):
    w = w - learning_rate * dw
    return w

def backward(x1, x2, w1, w2, b, y):
    z = w1*x1 + w2*x2 + b
    a = sigmoid(z)
    da = -(y/a) + (1-y)/(1-a)
    dz = da * a * (1-a)
    return {"z": z, "a": a, "da": da, "dz": dz, "dw1": x1*dz, "dw2": x2*dz, "db": dz}

def gradients_loop(w, b, X, Y):
    n, m = X.shape
    dw = np.zeros((n, 1))
    db = 0
    for i in range(m):
        x = X[:, i].reshape(n, 1)
        a = sigmoid(np.dot(w.T, x) + b)[0][0]
        dz = a - Y[0, i]
        for j in range(n):
            dw[j] += X[j, i] * dz
        db += dz
    dw /= m
    db /= m
    return dw, db

def minimize(coefficients, w, learning_rate, num_iterations):
    p = np.polynomial.Polynomial(coefficients)
    dp = p.deriv()
    for _ in range(num_iterations):
        w = w - learning_rate * dp(w)
    return w

display(minimize([1,2,3], 0, .1, 3))
