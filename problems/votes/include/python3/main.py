from votes import winner

input()
print(winner(list(map(int, input().split()))))
