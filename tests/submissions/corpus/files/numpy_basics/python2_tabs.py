import numpy as np
import math

# GRADED FUNCTION: basic_sigmoid

import math

def basic_sigmoid(x):
	"""
	Sigmoid of a number
	"""

	### START CODE HERE ### (≈ 1 line of code)
	s = 1/(1+math.exp(-x))
	### END CODE HERE ###

	return s
print basic_sigmoid(3)
# GRADED FUNCTION: sigmoid

import numpy as np # this means you can access numpy functions by writing np.function() instead of numpy.function()

def sigmoid(x):
	### START CODE HERE ### (≈ 1 line of code)
	s = 1/(1+np.exp(-x))
	### END CODE HERE ###

	return s
# GRADED FUNCTION: sigmoid_derivative

def sigmoid_derivative(x):
	### START CODE HERE ### (≈ 2 lines of code)
	s = sigmoid(x)
	ds = s*(1-s)
	### END CODE HERE ###

	return ds
# GRADED FUNCTION: image2vector
def image2vector(image):
	### START CODE HERE ### (≈ 1 line of code)
	v = image.reshape((image.shape[0]*image.shape[1]*image.shape[2],1))
	### END CODE HERE ###

	return v
# GRADED FUNCTION: normalizeRows

def normalizeRows(x):
	### START CODE HERE ### (≈ 2 lines of code)
	# Compute x_norm as the norm 2 of x. Use np.linalg.norm(..., ord = 2, axis = ..., keepdims = True)
	x_norm = np.linalg.norm(x,ord=2,axis=1,keepdims=True)

	# Divide x by its norm.
	x = x/x_norm
	### END CODE HERE ###

	return x
# GRADED FUNCTION: softmax

def softmax(x):
	### START CODE HERE ### (≈ 3 lines of code)
	# Apply exp() element-wise to x. Use np.exp(...).
	x_exp = np.exp(x)

	# Create a vector x_sum that sums each row of x_exp. Use np.sum(..., axis = 1, keepdims = True).
	x_sum = np.sum(x_exp,axis=1,keepdims=True)

	# Compute softmax(x) by dividing x_exp by x_sum. It should automatically use numpy broadcasting.
	s = x_exp/x_sum
	### END CODE HERE ###

	return s
# GRADED FUNCTION: L1

def L1(yhat, y):
	### START CODE HERE ### (≈ 1 line of code)
	loss = sum(abs(y-yhat))
	### END CODE HERE ###

	return loss
# GRADED FUNCTION: L2

def L2(yhat, y):
	### START CODE HERE ### (≈ 1 line of code)
	loss = np.dot(y-yhat,y-yhat)
	### END CODE HERE ###

	return loss
print L1(np.array([1]), np.array([2]))
