for _ in range(int(input())):
    number = int(input())
    print(*(place * 128 + number // 128**place % 128 for place in range(6)), flush=True)
