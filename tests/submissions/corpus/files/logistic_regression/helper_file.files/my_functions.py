import numpy as np
import h5py
def sigmoid(z):
    return 1/(1+np.exp(-z))
def initialize_with_zeros(dim):
    return np.zeros([dim,1]), 0.
def propagate(w,b,X,Y):
    m=X.shape[1];
    A=sigmoid(w.T@X+b)
    cost=-(Y*np.log(A)+(1-Y)*np.log(1-A)).mean()
    dZ=A-Y
    return {'dw':X@dZ.T/m,'db':dZ.sum()/m}, cost
