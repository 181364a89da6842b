import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def loss(a, y):
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def cost(A, Y):
    m = A.shape[1]
    total = 0.0
    for i in range(m):
        total += loss(A[0, i], Y[0, i])
    return total / m


def update(w, dw, learning_rate):
    return w - learning_rate * dw


def gradients_loop(w, b, X, Y):
    n, m = X.shape
    dw = np.zeros((n, 1))
    db = 0.0
    for i in range(m):
        z = b
        for j in range(n):
            z += w[j, 0] * X[j, i]
        dz = sigmoid(z) - Y[0, i]
        for j in range(n):
            dw[j, 0] += X[j, i] * dz
        db += dz
    return dw / m, db / m


def minimize(coefficients, w, learning_rate, num_iterations):
    for _ in range(num_iterations):
        slope = 0.0
        for k in range(1, len(coefficients)):
            slope += k * coefficients[k] * w ** (k - 1)
        w = update(w, slope, learning_rate)
    return w


def backward(x1, x2, w1, w2, b, y):
    z = w1 * x1 + w2 * x2 + b
    a = sigmoid(z)
    dz = a - y
    return {"z": z, "a": a, "dz": dz, "dw1": x1 * dz, "dw2": x2 * dz, "db": dz}
