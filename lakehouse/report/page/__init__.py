"""The page: what it is made of and the program that draws its figures."""
