"""Results made readable: words, terminal, JSON, exports. Data never renders itself."""
