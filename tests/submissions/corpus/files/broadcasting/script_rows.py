import numpy as np

print A
def column_sums(A):
    return A.sum(axis = 1)

def column_percentages(A):
    cal = A.sum(axis = 0)
    return 100*A/cal.reshape(1, -1)

def as_column(a):
    a = a.reshape((len(a), 1))
    assert a.shape == (len(a), 1)
    return a

def broadcast_shape(shape_a, shape_b):
    try:
        return np.broadcast_shapes(shape_a, shape_b)
    except ValueError:
        return None

q1 = "error"
q2 = (3, 3)
q3 = (2, 3)
q4 = (4, 5)
q5 = (12288, 45)
q6 = (5, 5)
q7 = ()
q8 = (3, 4)