"""What is said before a mistake in a hidden check is shown on a fresh input."""

TEMPLATES: dict[str, tuple[str, ...]] = {
    "example.shown": ("Here is what happens on a fresh input, which is none of the hidden ones:",),
    "example.again": ("The call shown above, which is none of the hidden ones, fails here too:",),
    "example.none": (
        (
            "No small example was found: on all fresh inputs that were tried this comes out right. Think of special "
            "cases, such as zeros, a single entry, or very large numbers."
        ),
    ),
}
