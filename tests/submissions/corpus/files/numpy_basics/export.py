#!/usr/bin/env python
# coding: utf-8


# # Python Basics with Numpy


# In[1]:


### START CODE HERE ### (≈ 1 line of code)
test = "Hello World"
### END CODE HERE ###


# In[2]:


print ("test: " + test)


# In[3]:


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



# In[4]:


basic_sigmoid(3)


# In[5]:


### One reason why we use "numpy" instead of "math" in Deep Learning ###
x = [1, 2, 3]
basic_sigmoid(x) # you will see this give an error when you run it, because x is a vector.


# In[6]:


import numpy as np

x = np.array([1, 2, 3])
print(np.exp(x))


# In[7]:


np.exp?


# In[8]:


# GRADED FUNCTION: sigmoid

import numpy as np # this means you can access numpy functions by writing np.function() instead of numpy.function()

def sigmoid(x):
    ### START CODE HERE ### (≈ 1 line of code)
    s = 1/(1+np.exp(-x))
    ### END CODE HERE ###

    return s



# In[9]:


x = np.array([1, 2, 3])
sigmoid(x)


# In[10]:


# GRADED FUNCTION: sigmoid_derivative

def sigmoid_derivative(x):
    ### START CODE HERE ### (≈ 2 lines of code)
    s = sigmoid(x)
    ds = s*(1-s)
    ### END CODE HERE ###

    return ds



# In[11]:


# GRADED FUNCTION: image2vector
def image2vector(image):
    ### START CODE HERE ### (≈ 1 line of code)
    v = image.reshape((image.shape[0]*image.shape[1]*image.shape[2],1))
    ### END CODE HERE ###

    return v



# In[12]:


image = np.array([[[ 0.67,  0.29],
        [ 0.90,  0.52]]])

print ("image2vector(image) = " + str(image2vector(image)))


# In[13]:


# GRADED FUNCTION: normalizeRows

def normalizeRows(x):
    ### START CODE HERE ### (≈ 2 lines of code)
    # Compute x_norm as the norm 2 of x. Use np.linalg.norm(..., ord = 2, axis = ..., keepdims = True)
    x_norm = np.linalg.norm(x,ord=2,axis=1,keepdims=True)

    # Divide x by its norm.
    x = x/x_norm
    ### END CODE HERE ###

    return x



# In[14]:


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



# In[15]:


x = np.array([
    [9, 2, 5, 0, 0],
    [7, 5, 0, 0 ,0]])
print("softmax(x) = " + str(softmax(x)))


# In[16]:


import time

x1 = [9, 2, 5, 0, 0]
x2 = [9, 2, 2, 9, 0]

### CLASSIC GENERAL DOT PRODUCT IMPLEMENTATION ###
W = np.random.rand(3,len(x1)) # Random 3*len(x1) numpy array
tic = time.process_time()
gdot = np.zeros(W.shape[0])
for i in range(W.shape[0]):
    for j in range(len(x1)):
        gdot[i] += W[i,j]*x1[j]
toc = time.process_time()
print ("gdot = " + str(gdot) + "\n ----- Computation time = " + str(1000*(toc - tic)) + "ms")


# In[17]:


# GRADED FUNCTION: L1

def L1(yhat, y):
    ### START CODE HERE ### (≈ 1 line of code)
    loss = sum(abs(y-yhat))
    ### END CODE HERE ###

    return loss



# In[18]:


yhat = np.array([.9, 0.2, 0.1, .4, .9])
y = np.array([1, 0, 0, 1, 1])
print("L1 = " + str(L1(yhat,y)))


# In[19]:


# GRADED FUNCTION: L2

def L2(yhat, y):
    ### START CODE HERE ### (≈ 1 line of code)
    loss = np.dot(y-yhat,y-yhat)
    ### END CODE HERE ###

    return loss

