# One postcard for each decimal digit: too many.
for _ in range(int(input())):
    print(*(place * 10 + int(digit) for place, digit in enumerate(reversed(input()))), flush=True)
