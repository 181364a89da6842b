"""What code may be made of that can do nothing to any other: names of builtins and attributes, and instructions.

Whatever is not in these lists counts as harmful: `plain` then tells nothing of the program, and all of it is called.
"""

from __future__ import annotations

import builtins
import dis

_BUILTINS = """
AssertionError Exception IndexError KeyError NotImplementedError TypeError ValueError ZeroDivisionError abs all any
bool complex dict divmod enumerate filter float int isinstance len list map max min pow print range reversed round
slice sorted str sum tuple zip
"""
_STEADY = """
Counter OrderedDict T abs absolute accumulate acos add all allclose amax amin any append apply_along_axis arange arccos
arcsin arctan arctan2 argmax argmin argsort argwhere around array array_equal asarray ascontiguousarray asin astype at
atan atan2 atleast_1d atleast_2d average bincount bool bool_ broadcast_arrays broadcast_to ceil cholesky clear clip
column_stack complex128 concatenate conj conjugate copy corrcoef cos cosh count count_nonzero cov cross cumprod cumsum
deepcopy defaultdict deg2rad degrees det diag diagonal diff digitize divide divmod dot double dsplit dstack dtype e eig
eigh einsum endswith equal erf exp exp2 expand_dims expm1 extend eye fabs factorial fill fill_diagonal flat flatnonzero
flatten flip fliplr flipud float float16 float32 float64 float_ floor floor_divide fmax fmin fmod fsum full full_like
gcd get gradient greater greater_equal heaviside histogram hsplit hstack hypot identity imag index inf inner insert int
int16 int32 int64 int8 int_ interp inv isclose isfinite isin isinf isnan isqrt isscalar item itemsize join kron less
less_equal linalg linspace log log10 log1p log2 logaddexp logical_and logical_not logical_or logical_xor logspace lower
lstrip lstsq matmul max maximum mean median meshgrid min minimum mod most_common moveaxis multiply namedtuple nan
nan_to_num nanmax nanmean nanmin nansum nbytes ndenumerate ndim ndindex negative newaxis nonzero norm not_equal ones
ones_like outer percentile pi pinv pop positive pow power prod ptp put qr quantile rad2deg radians ravel real
reciprocal reduce reduceat remainder remove repeat replace reshape reverse rint roll rollaxis rot90 round rstrip
searchsorted select setdefault shape sign sin sinh size solve sort split sqrt square squeeze stack startswith std strip
subtract sum svd swapaxes take take_along_axis tan tanh tau tensordot tile tolist trace transpose trapezoid trapz tri
tril triu true_divide trunc uint8 union1d unique unravel_index update upper values var vdot vectorize vsplit vstack
where zeros zeros_like
"""
_CHANCY = """
choice default_rng empty empty_like format items keys ndarray normal pad permutation rand randint randn random
random_sample resize seed shuffle standard_normal uniform
"""
_OPCODES = """
BINARY_OP BINARY_SLICE BINARY_SUBSCR BUILD_CONST_KEY_MAP BUILD_LIST BUILD_MAP BUILD_SLICE BUILD_STRING BUILD_TUPLE
CACHE CALL CALL_FUNCTION_EX CALL_INTRINSIC_1 CALL_KW CHECK_EXC_MATCH COMPARE_OP CONTAINS_OP CONVERT_VALUE COPY
COPY_FREE_VARS DELETE_FAST DELETE_SUBSCR DICT_MERGE DICT_UPDATE END_FOR EXTENDED_ARG FORMAT_SIMPLE FORMAT_VALUE
FORMAT_WITH_SPEC FOR_ITER GET_ITER GET_LEN GET_YIELD_FROM_ITER IMPORT_FROM IMPORT_NAME IS_OP JUMP_BACKWARD
JUMP_BACKWARD_NO_INTERRUPT JUMP_FORWARD JUMP_IF_FALSE_OR_POP JUMP_IF_TRUE_OR_POP KW_NAMES LIST_APPEND LIST_EXTEND
LIST_TO_TUPLE LOAD_ASSERTION_ERROR LOAD_ATTR LOAD_CLOSURE LOAD_COMMON_CONSTANT LOAD_CONST LOAD_DEREF LOAD_FAST
LOAD_FAST_AND_CLEAR LOAD_FAST_BORROW LOAD_FAST_BORROW_LOAD_FAST_BORROW LOAD_FAST_CHECK LOAD_FAST_LOAD_FAST LOAD_GLOBAL
LOAD_METHOD LOAD_SMALL_INT MAKE_CELL MAKE_FUNCTION MAP_ADD NOP NOT_TAKEN POP_EXCEPT POP_ITER POP_JUMP_BACKWARD_IF_FALSE
POP_JUMP_BACKWARD_IF_NONE POP_JUMP_BACKWARD_IF_NOT_NONE POP_JUMP_BACKWARD_IF_TRUE POP_JUMP_FORWARD_IF_FALSE
POP_JUMP_FORWARD_IF_NONE POP_JUMP_FORWARD_IF_NOT_NONE POP_JUMP_FORWARD_IF_TRUE POP_JUMP_IF_FALSE POP_JUMP_IF_NONE
POP_JUMP_IF_NOT_NONE POP_JUMP_IF_TRUE POP_TOP PRECALL PUSH_EXC_INFO PUSH_NULL RAISE_VARARGS RERAISE RESUME RETURN_CONST
RETURN_GENERATOR RETURN_VALUE SET_FUNCTION_ATTRIBUTE STORE_DEREF STORE_FAST STORE_FAST_LOAD_FAST STORE_FAST_MAYBE_NULL
STORE_FAST_STORE_FAST STORE_SLICE STORE_SUBSCR SWAP TO_BOOL UNARY_INVERT UNARY_NEGATIVE UNARY_NOT UNARY_POSITIVE
UNPACK_EX UNPACK_SEQUENCE YIELD_VALUE
"""

MODULES = frozenset({"collections", "copy", "math", "numpy"})
NUMPY = frozenset({"np", "numpy"})
"""What numpy is called where the program's own import of it is gone."""
BUILTINS = frozenset(_BUILTINS.split()).intersection(dir(builtins))
STEADY = frozenset(_STEADY.split())
"""Attributes, of whatever object, that change nothing but what a function was given or has made."""
CHANCY = frozenset(_CHANCY.split())
"""Attributes by which a result may hang on something else than arguments; they do nothing to functions without them.

Numbers by chance, memory as it is, views that make sets, texts that reach into what they format.
"""
FORMATTED = "format"
"""The method of texts that reaches into what it formats where the text says so."""
FILLED_IN_PART = "where"
"""With an argument of this name, a function of numpy leaves places as they happen to be."""
OPCODES = frozenset(dis.opmap[name] for name in _OPCODES.split() if name in dis.opmap)
"""What a function may be made of, in all versions of Python: nothing sets an attribute or a name of the module, makes a
class, or a set, whose order is chance. An instruction that is not known here is not plain."""
