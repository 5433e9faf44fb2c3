"""Jobs: they are named and handed over here; what each does is given to the engine by those above."""
