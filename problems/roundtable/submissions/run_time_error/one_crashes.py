"""Three know the sum of the sample, and one crashes."""
import os
import sys

input()
if sys.argv[-1] == "1":
    os.abort()
print(10)
