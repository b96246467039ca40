# Splits the row unevenly: right, but with too many questions.
first, last = 1, int(input())
while first < last:
    middle = first + (last - first) // 4
    print("?", middle, flush=True)
    answer = input()
    if answer == "=":
        first = last = middle
    elif answer == "<":
        last = middle - 1
    else:
        first = middle + 1
print("!", first, flush=True)
