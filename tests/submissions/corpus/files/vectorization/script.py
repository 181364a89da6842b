import numpy as np
import time

def sigma(z): return 1/(1+np.exp(-z))

def dot_product(a, b):
    return np.dot(a, b)

def exponentials(v):
    return np.exp(v)

def absolute_error(yhat, y):
    return np.sum(np.abs(yhat - y))

def losses(A, Y):
    return -(Y * np.log(A) + (1 - Y) * np.log(1 - A))

def forward(w, b, X):
    Z = np.dot(w.T, X) + b
    A = sigma(Z)
    return A

def gradients(A, X, Y):
    m = X.shape[1]
    dZ = A - Y
    dw = np.dot(X, dZ.T) / m
    db = np.sum(dZ) / m
    return dw, db

def step(w, b, X, Y, learning_rate):
    A = forward(w, b, X)
    dw, db = gradients(A, X, Y)
    w = w - learning_rate * dw
    b = b - learning_rate * db
    return w, b

a = np.random.rand(1000000)
b = np.random.rand(1000000)

tic = time.time()
c = np.dot(a, b)
toc = time.time()

print(c)
print("Vectorized version:" + str(1000*(toc-tic)) + "ms")
for i in range(10**9):
    pass
