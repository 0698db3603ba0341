"""The HTTP routes, their published shapes, and what stands around them."""
