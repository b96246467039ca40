for _ in range(int(input())):
    cards = map(int, input().split()[1:])
    print(sum(card * 1024**place for place, card in enumerate(cards)), flush=True)
