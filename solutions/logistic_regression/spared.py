"""Changes of the reference that keep full marks, each with its reason."""

from grader import Equivalent, Tolerated

INITIALIZE = (
    Tolerated(
        was="w = np.zeros((dim, 1))",
        now="w = np.zeros((dim, 1), dtype=int)",
        reason="Whole numbers do where floats are meant: zeros are zeros, and `optimize` makes floats of them.",
    ),
    Equivalent(was="return w, b", now="return -w, b", reason="Minus zero is zero."),
    Equivalent(was="return w, b", now="return 2 * w, b", reason="Twice zero is zero."),
    Equivalent(was="return w, b", now="return w, -b", reason="Minus zero is zero."),
    Equivalent(was="return w, b", now="return w, 2 * b", reason="Twice zero is zero."),
)
PROPAGATE = (
    Equivalent(
        was="m = X.shape[1]",
        now="m = Y.shape[1]",
        reason="There are as many labels as examples.",
    ),
)
OPTIMIZE = (
    Tolerated(
        was='w = w - learning_rate * grads["dw"]',
        now="w -= learning_rate * grads['dw']",
        reason="The caller's w is changed, which costs no marks here: the student gets a note on changed arguments.",
    ),
    Equivalent(
        was='b = b - learning_rate * grads["db"]',
        now="b -= learning_rate * grads['db']",
        reason="b is a number, and numbers are never changed in place.",
    ),
)
PREDICT = (
    Tolerated(
        was="Y_prediction = (A > 0.5).astype(float)",
        now="Y_prediction = A > 0.5",
        reason="True and False do for 1 and 0.",
    ),
    Tolerated(
        was="Y_prediction = (A > 0.5).astype(float)",
        now="Y_prediction = (A > 0.5).astype(int)",
        reason="Labels are whole numbers; either type will do.",
    ),
    Tolerated(
        was="Y_prediction = (A > 0.5).astype(float)",
        now="Y_prediction = (A >= 0.5).astype(float)",
        reason="At exactly 0.5 either label is fair: textbooks differ.",
    ),
)
MODEL = (
    Equivalent(
        was="w, b = initialize_with_zeros(X_train.shape[0])",
        now="w, b = initialize_with_zeros(X_test.shape[0])",
        reason="Both sets have the same features.",
    ),
    Tolerated(
        was="Y_prediction_test = predict(w, b, X_test)",
        now="Y_prediction_test = np.float16(predict(w, b, X_test))",
        reason="Labels 0 and 1 are exact in every type of number.",
    ),
    Tolerated(
        was="Y_prediction_train = predict(w, b, X_train)",
        now="Y_prediction_train = np.float16(predict(w, b, X_train))",
        reason="Labels 0 and 1 are exact in every type of number.",
    ),
)
