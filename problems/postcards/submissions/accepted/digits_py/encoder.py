from digits import cards

for _ in range(int(input())):
    print(*cards(int(input())), flush=True)
