# Divides by n - 1.
import statistics
import sys

x = [float(word) for word in sys.stdin.read().split()[1:]]
print(statistics.fmean(x), statistics.stdev(x) if len(x) > 1 else 0.0)
