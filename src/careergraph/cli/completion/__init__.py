"""What a shell is offered: names, options, and the scripts that ask for them."""
