# grader: assignment=one_neuron
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(w, b, X):
    return sigmoid(np.dot(w.T, X) + b)


def gradients(w, b, X, Y):
    m = X.shape[1]
    error = forward(w, b, X) - Y
    dw = np.dot(X, error.T) / m
    db = np.sum(error) / m
    return dw, db


def descend(w, b, X, Y, num_iterations=100, learning_rate=0.1):
    for i in range(num_iterations):
        dw, db = gradients(w, b, X, Y)
        w = w - learning_rate * dw
        b = b - learning_rate * db
    return w, b
