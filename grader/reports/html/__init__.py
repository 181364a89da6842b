"""The class report and students' pages as HTML, and feedback as Markdown. Import the modules; this imports nothing."""
