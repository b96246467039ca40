# attack: lets constants be folded to numbers of gigabytes
# expect: WA or CE
if False:
    x = (1 << 10**10, 9**9**9**9, "a" * 10**11, (0,) * 10**11, 10**10**10)
    y = [0] * 10**11 + [1 << 10**9 << 10**9]
print("folded nothing")
