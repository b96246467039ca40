# Prints what other judges' checkers print.
print("Accepted\n42\n<result outcome=\"accepted\">ok</result>\npoints 100")
