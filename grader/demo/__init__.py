"""The sample course and the sample class of `grader demo`: package data, copied out to be graded and played with."""
