# Takes the first thing twice, and says one thing more than it should.
n = int(input())
print(2)
print(1, 1, 1)
