"""Writes data/: run it in the package's directory. The answers come from exact fractions."""
import random
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path

getcontext().prec = 60


def write(name, thousandths):
    n = len(thousandths)
    mean = Fraction(sum(thousandths), n)
    variance = sum((x - mean) ** 2 for x in thousandths) / n
    deviation = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt() / 1000
    mean = Decimal(mean.numerator) / Decimal(mean.denominator) / 1000
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [str(n), *(f"{x // 1000}.{x % 1000:03d}" for x in thousandths)]
    path.with_suffix(".in").write_text("\n".join(lines) + "\n")
    path.with_suffix(".ans").write_text(f"{mean:.12f} {deviation:.12f}\n")


random.seed(9)
write("sample/1", [2000, 4000, 4000, 4000, 5000, 5000, 7000, 9000])
write("sample/2", [1250, 1500])
write("secret/01-one", [123456])
write("secret/02-equal", [777777] * 50)
write("secret/03-small", [random.randrange(10_000) for _ in range(100)])
write("secret/04-wide", [random.randrange(10**12) for _ in range(1000)])
write("secret/05-heavy", [10**12 - 1 - random.randrange(1000) for _ in range(1000)])
write("secret/06-bell", [int(random.gauss(500_000_000, 1_000_000)) for _ in range(10_000)])
write("secret/07-many", [987_654_321_000 + random.randrange(3000) for _ in range(20_000)])
write("secret/08-two-values", [i % 2 * 10**12 for i in range(20_000)])
