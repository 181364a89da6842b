"""What the commands do, once their arguments are read. Imported when a command runs, never for its help."""
