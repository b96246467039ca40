for _ in range(int(input())):
    cards = map(int, input().split()[1:])
    print(sum(card % 10 * 10 ** (card // 10) for card in cards), flush=True)
