first, last = 1, int(input())
while first < last:
    middle = (first + last) // 2
    print("?", middle, flush=True)
    answer = input()
    if answer == "=":
        first = last = middle
    elif answer == "<":
        last = middle - 1
    else:
        first = middle + 1
print("!", first, flush=True)
