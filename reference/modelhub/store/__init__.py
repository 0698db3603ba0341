"""What is kept: the database and everything read from it."""
