"""The pages of the inbox: what HTTP asks for, in the stock admin's frame."""
