import numpy as np
def loss(a, y):
    ### START CODE HERE ### (1 line)
    L = -(y * np.log(a) + (1 - y) * np.log(1 - a))
    ### END CODE HERE ###
    return L

def cost(A, Y):
    m = A.shape[1]
    J = 0
    for i in range(m):
        J = J + loss(A[0, i], Y[0, i])
    J = J / m
    return J

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
    for i in range(num_iterations):
        dw = sum(k * c * w ** (k - 1) for k, c in enumerate(coefficients) if k > 0)
        w = update(w, dw, learning_rate)
    return w
