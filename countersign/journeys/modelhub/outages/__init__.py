"""Parts of the hub that go away, alone, one after the other or several at once, while people go on using it."""
