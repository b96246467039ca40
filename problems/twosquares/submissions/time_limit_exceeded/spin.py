# Answers at once, and ends long after.
n = int(input())
print("impossible", flush=True)
while n:
    n -= 1
