"""The screens: they draw a view-model's state and call its commands. Must not decide, read or write."""
