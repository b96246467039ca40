one = len("x")


def number(n):
    return n if n <= one else number(n - one) + number(n - one - one)


print(number(int(input())))
