# grader: assignment=one_neuron
import math
import numpy as np


def sigmoid(z):
    flat = [1 / (1 + math.exp(-v)) for v in np.ravel(z)]
    return np.array(flat).reshape(np.shape(z))


def forward(w, b, X):
    n, m = X.shape
    A = np.zeros((1, m))
    for i in range(m):
        z = b
        for j in range(n):
            z += w[j, 0] * X[j, i]
        A[0, i] = sigmoid(z)
    print('forward is done')
    return A


def gradients(w, b, X, Y):
    n, m = X.shape
    A = forward(w, b, X)
    dw, db = np.zeros((n, 1)), 0
    for i in range(m):
        dz = A[0, i] - Y[0, i]
        db += dz
        for j in range(n):
            dw[j, 0] += X[j, i] * dz
    return dw / m, db / m


def descend(w, b, X, Y, num_iterations=100, learning_rate=0.1):
    for i in range(num_iterations):
        dw, db = gradients(w, b, X, Y)
        w = w - learning_rate * dw
        b = b - learning_rate * db
    return w, b
