import math
import sys

x = [float(word) for word in sys.stdin.read().split()[1:]]
mean = math.fsum(x) / len(x)
print(mean, math.sqrt(math.fsum((value - mean) ** 2 for value in x) / len(x)))
