"""Who is who: accounts, sign-ins, keys, and the trail of what administrators did."""
