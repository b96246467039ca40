n = int(input())
print("impossible", flush=True)
while True:
    n += 1
