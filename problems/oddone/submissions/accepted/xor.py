import sys
from functools import reduce
from operator import xor

print(reduce(xor, map(int, sys.stdin.buffer.read().split()[1:])))
