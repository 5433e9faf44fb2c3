"""Virtual time and made-up people: programs lived through in minutes."""
