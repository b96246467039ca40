let numbers = [1, 2, 3]
print(numbers[CommandLine.arguments.count + 2])
