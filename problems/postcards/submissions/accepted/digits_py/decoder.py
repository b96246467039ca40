from digits import number

for _ in range(int(input())):
    print(number(map(int, input().split()[1:])), flush=True)
