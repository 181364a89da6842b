"""The catalogues: `<language>/LC_MESSAGES/grader.po`, and the `.mo` that is read at run time.

`python -m grader.reports.locale` brings the `.po` files in step with the code and compiles them.
"""
