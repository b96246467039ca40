# Relies on the order in which postcards were written.
for _ in range(int(input())):
    number = int(input())
    print(*(number // 1024**place % 1024 for place in range(4)), flush=True)
