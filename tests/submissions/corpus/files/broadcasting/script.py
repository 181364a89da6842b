import numpy as np

A = np.array([[56.0, 0.0, 4.4, 68.0],
              [1.2, 104.0, 52.0, 8.0],
              [1.8, 135.0, 99.0, 0.9]])

print A
cal = A.sum(axis=0)
def column_sums(A):
    return A.sum(axis = 0)

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
percentage = 100*A/cal.reshape(1,4)
print(percentage)
