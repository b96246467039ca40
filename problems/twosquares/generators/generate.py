"""Writes the test data. Answers come from the factors of n, not from trying squares."""
from pathlib import Path


def factors(n):
    found = {}
    p = 2
    while p * p <= n:
        while n % p == 0:
            found[p] = found.get(p, 0) + 1
            n //= p
        p += 1
    if n > 1:
        found[n] = found.get(n, 0) + 1
    return found


def root(p):
    """A square root of -1 modulo the prime p, which is 1 modulo 4."""
    for a in range(2, p):
        r = pow(a, (p - 1) // 4, p)
        if r * r % p == p - 1:
            return r


def prime(p):
    """The two squares of a prime that is 1 modulo 4, by Euclid's algorithm."""
    a, b = p, root(p)
    while b * b > p:
        a, b = b, a % b
    return b, a % b


def squares(n):
    if n == 0:
        return 0, 0
    x, y = 1, 0
    for p, times in factors(n).items():
        if p % 4 == 3:
            if times % 2:
                return None
            x, y = x * p ** (times // 2), y * p ** (times // 2)
            continue
        u, v = (1, 1) if p == 2 else prime(p)
        for _ in range(times):
            x, y = abs(x * u - y * v), x * v + y * u
    return x, y


def write(name, n):
    answer = squares(n)
    if answer is not None:
        assert answer[0] ** 2 + answer[1] ** 2 == n
    Path(f"data/{name}.in").write_text(f"{n}\n")
    text = "impossible" if answer is None else f"{answer[0]} {answer[1]}"
    Path(f"data/{name}.ans").write_text(text + "\n")


write("sample/1", 25)
write("sample/2", 3)
write("secret/01-zero", 0)
write("secret/02-one", 1)
write("secret/03-square", 49)
write("secret/04-many-ways", 5 * 13 * 17 * 29 * 37)
write("secret/05-none", 4 * 7)
write("secret/06-largest", 10**12)
write("secret/07-large-prime", 999999999989)
write("secret/08-large-none", 999999999999)
write("secret/09-past-32-bits", 2 * 65537**2)
write("secret/10-equal", 2 * 700001**2)
