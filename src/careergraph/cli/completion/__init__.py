"""Completion in the shell: names, options, and the scripts that ask for them."""
