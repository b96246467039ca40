"""The last machine ends without a word; the others are told nothing by it."""
import sys

number = int(input())
if sys.argv[-1] != "3":
    print(number + 1)
