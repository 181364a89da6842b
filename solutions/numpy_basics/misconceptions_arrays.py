"""Wrong ideas about shapes and axes.

A hint says what it looks like was done, why that isn't it, and what to look at. The commonest come first: where
several fit, the first is named.
"""

from .edits import edit

# --- image2vector ---

COLUMN = "v = image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)"

IMAGE2VECTOR = (
    edit(
        "flat",
        COLUMN,
        "v = image.reshape(image.size)",
        "The numbers are right, but they stand in an array with one axis, which is neither a row nor a column. A "
        "column has two axes, the second of size 1. Print the shape of your result next to the one in the docstring.",
    ),
    edit(
        "row",
        COLUMN,
        "v = image.reshape(1, -1)",
        "It looks like the numbers stand in a row. A column is wanted, one number below the other. Which of the two "
        "sizes in a shape counts the rows?",
    ),
    edit(
        "transposed_first",
        COLUMN,
        "v = image.T.reshape(-1, 1)",
        "The shape is right, but the numbers come in another order, as if the picture had been transposed on the "
        "way. The order should stay as it is in the picture. Look for a `.T` or an `order=` in your line.",
    ),
    edit(
        "colours_one_after_the_other",
        COLUMN,
        "v = image.transpose(2, 0, 1).reshape(-1, 1)",
        "The shape is right, but it looks like each colour is written out separately. The numbers of one pixel "
        "stand next to each other in the picture and should stay so. Look for a step that moves axes.",
    ),
    edit(
        "rows_and_columns_exchanged",
        COLUMN,
        "v = image.transpose(1, 0, 2).reshape(-1, 1)",
        "The shape is right, but it looks like the picture is gone through column by column. The order should stay "
        "as it is in the array. Look for a step that exchanges the first two axes.",
    ),
    edit(
        "pixels_below_each_other",
        COLUMN,
        "v = image.reshape(-1, image.shape[2])",
        "It looks like the colours still stand side by side: one row a pixel. A column holds a single number in "
        "each row. Which of the three sizes have to be multiplied?",
    ),
    edit(
        "first_axis_kept",
        COLUMN,
        "v = image.reshape(image.shape[0], -1)",
        "It looks like the first axis is kept, which is how a whole batch of pictures is flattened. Here there is "
        "one picture, and all its numbers belong in one column. Which of the three sizes have to be multiplied?",
    ),
    edit(
        "one_colour_only",
        COLUMN,
        "v = image[:, :, 0].reshape(-1, 1)",
        "It looks like only one of the colours is left. A neuron is to see all of them. Compare how many numbers "
        "the picture has with how many your result has.",
    ),
    edit(
        "never_filled",
        COLUMN,
        "v = np.zeros((image.size, 1))",
        "The shape is right, but all entries are the same. It looks like a new array was made and never filled with "
        "the picture's numbers. Look for the step that should take them over.",
    ),
    edit(
        "scaled",
        COLUMN,
        "v = image.reshape(-1, 1) / 255",
        "The order is right, but every number is 255 times too small. Scaling the colours is a step of its own, and "
        "not asked for here. Look for a division.",
    ),
    edit(
        "unchanged",
        COLUMN,
        "v = image",
        "Your function returns the picture in the shape that it came in. reshape does not change an array: it "
        "returns a new one. Look at what you do with its result.",
    ),
)

# --- normalize_rows ---

NORMS = "norms = np.linalg.norm(x, axis=1, keepdims=True)"
DIVIDED = "normalized = x / norms"

NORMALIZE_ROWS = (
    edit(
        "columns_normalized",
        NORMS,
        "norms = np.linalg.norm(x, axis=0, keepdims=True)",
        "It looks like the columns have length 1, not the rows. The axis in the call is the one that is used up. "
        "Which axis has to go so that one number is left for each row?",
    ),
    edit(
        "axis_lost",
        NORMS,
        "norms = np.linalg.norm(x, axis=1)",
        "It looks like the lengths of the rows are lined up with the columns. Without a second axis numpy counts "
        "from the right, and the last axis of x is its columns. Print the shape of the lengths before you divide.",
    ),
    edit(
        "one_length_for_all",
        NORMS,
        "norms = np.linalg.norm(x)",
        "It looks like the whole matrix is divided by one length. Every row has a length of its own. Look at what "
        "the call needs so that it does not go over everything.",
    ),
    edit(
        "sum_of_absolute_values",
        NORMS,
        "norms = np.linalg.norm(x, ord=1, axis=1, keepdims=True)",
        "It looks like the length is taken as the sum of the absolute values. That is another norm than the one in "
        "the text, which has squares and a root. Look at the argument that chooses the norm.",
    ),
    edit(
        "sum_of_entries",
        NORMS,
        "norms = np.sum(x, axis=1, keepdims=True)",
        "It looks like every row is divided by its sum. Then it adds up to 1, but its length is something else. "
        "Look at how the text defines the length of a row.",
    ),
    edit(
        "root_forgotten",
        NORMS,
        "norms = np.sum(x**2, axis=1, keepdims=True)",
        "It looks like every row is divided by the sum of its squares. That is the square of the length. Compare it "
        "with the formula for the length: which step is left?",
    ),
    edit(
        "largest_entry",
        NORMS,
        "norms = np.max(np.abs(x), axis=1, keepdims=True)",
        "It looks like every row is divided by its largest entry. Then the largest is 1, but the length of the row "
        "is not. Look at how the text defines the length of a row.",
    ),
    edit(
        "lengths_returned",
        DIVIDED,
        "normalized = norms",
        "These look like the lengths of the rows themselves. They are a step on the way. What is to be done with "
        "the rows once their lengths are known?",
    ),
    edit(
        "multiplied",
        DIVIDED,
        "normalized = x * norms",
        "It looks like the rows are multiplied by their lengths. Long rows then become still longer. Which "
        "operation brings a length of 5 down to 1?",
    ),
    edit(
        "unchanged",
        DIVIDED,
        "normalized = x",
        "Your function returns the matrix as it came. It looks like the lengths are computed and not used. Look at "
        "what you return.",
    ),
    edit(
        "standardized",
        DIVIDED,
        "normalized = (x - np.mean(x, axis=1, keepdims=True)) / (np.std(x, axis=1, keepdims=True) + 1e-300)",
        "It looks like the rows get mean 0 and deviation 1. That is standardizing, another way to make rows "
        "comparable. Look at what the text asks for: the length.",
    ),
)
