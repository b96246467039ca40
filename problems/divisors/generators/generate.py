"""Writes data/: run it in the package's directory."""
from pathlib import Path


def divisors(n):
    """By the exponents of its primes."""
    total, prime = 1, 2
    while prime * prime <= n:
        exponent = 0
        while n % prime == 0:
            n //= prime
            exponent += 1
        total *= exponent + 1
        prime += 1
    return total * 2 if n > 1 else total


def write(name, n):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{n}\n")
    path.with_suffix(".ans").write_text(f"{divisors(n)}\n")


def group(name, text):
    path = Path("data") / name / "testdata.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


write("sample/1", 12)
write("sample/2", 7)
for index, n in enumerate([1, 2, 36, 720, 997], 1):
    write(f"secret/1-small/{index}", n)
for index, n in enumerate([10**12, 999_999_999_989, 963_761_198_400, 999_966_000_289, 2_147_483_646], 1):
    write(f"secret/2-large/{index}", n)
group("", "on_reject: continue\ngrading: custom\ngrader_flags: total\nrange: 0 100\n")
group("sample", "grader_flags: free\n")
group("secret/1-small", "grader_flags: points 40\nrange: 0 40\n")
group("secret/2-large", "grader_flags: points 60\nrange: 0 60\n")
