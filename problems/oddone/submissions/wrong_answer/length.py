# Takes the length of the list for a ticket.
import sys
from functools import reduce
from operator import xor

print(reduce(xor, map(int, sys.stdin.buffer.read().split())))
