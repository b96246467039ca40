numbers = []
print(numbers[int(input())])
