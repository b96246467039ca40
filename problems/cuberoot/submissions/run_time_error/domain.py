# math.pow raises ValueError for a negative base.
import math
import sys

for word in sys.stdin.read().split()[1:]:
    print(math.pow(float(word), 1 / 3))
