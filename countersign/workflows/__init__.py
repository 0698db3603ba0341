"""Workflows of the model hub's users: what each step has to give, what a person met, how satisfied that leaves them."""
