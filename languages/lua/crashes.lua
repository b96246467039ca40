local nothing = nil
print(nothing.value)
