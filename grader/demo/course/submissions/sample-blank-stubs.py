# grader: assignment=one_neuron
import numpy as np


def sigmoid(z):
    # YOUR CODE HERE
    raise NotImplementedError


def forward(w, b, X):
    # YOUR CODE HERE
    raise NotImplementedError


def gradients(w, b, X, Y):
    # YOUR CODE HERE
    raise NotImplementedError


def descend(w, b, X, Y, num_iterations=100, learning_rate=0.1):
    # YOUR CODE HERE
    raise NotImplementedError
