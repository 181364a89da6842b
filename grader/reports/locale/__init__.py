"""The catalogues: `<language>/LC_MESSAGES/<name>.po`, and the `.mo` that is read at run time.

`grader` has what is told of students' work, `commands` what commands and errors say (`grader.saying`), `click` what the
library for command lines says itself. `python -m grader.reports.locale` brings the `.po` files in step with the code
and compiles them. No catalogue is opened for English.
"""
