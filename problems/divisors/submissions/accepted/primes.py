n, total, prime = int(input()), 1, 2
while prime * prime <= n:
    exponent = 0
    while n % prime == 0:
        n //= prime
        exponent += 1
    total *= exponent + 1
    prime += 1 if prime == 2 else 2
print(total * 2 if n > 1 else total)
