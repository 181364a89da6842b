"""How a worker confines itself: one module a mechanism, each with its own constants and their sources."""
