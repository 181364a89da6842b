#!/usr/bin/env python3
import argparse
import logging
import os
import sys

import numpy as np

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
log = logging.getLogger(__name__)


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


def optimize(w,b,X,Y,num_iterations=100,learning_rate=0.009,print_cost=False):
    costs=[]
    log.debug("start %d", num_iterations)
    for i in range(num_iterations):
        grads,cost=propagate(w,b,X,Y)
        w=w-learning_rate*grads['dw']
        b=b-learning_rate*grads['db']
        if i%100==0:
            costs.append(cost)
            if print_cost: print(i,cost)
    return {'w':w,'b':b},grads,costs


def predict(w,b,X):
    return np.where(sigmoid(w.T@X+b)>0.5,1,0)


def model(X_train,Y_train,X_test,Y_test,num_iterations=2000,learning_rate=0.5,print_cost=False):
    w,b=initialize_with_zeros(X_train.shape[0])
    params,grads,costs=optimize(w,b,X_train,Y_train,num_iterations,learning_rate,print_cost)
    w,b=params['w'],params['b']
    return dict(costs=costs,Y_prediction_test=predict(w,b,X_test),Y_prediction_train=predict(w,b,X_train),w=w,b=b,learning_rate=learning_rate,num_iterations=num_iterations)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    args = parser.parse_args()
    X = np.load(args.data)
    model(X, X, X, X)


if __name__ == "__main__":
    sys.exit(main())
