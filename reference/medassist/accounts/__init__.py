"""Who is who: accounts, passwords, sign-ins and their tokens."""
