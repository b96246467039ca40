# attack: lets constants be folded to numbers of gigabytes
# expect: WA or CE
# time: 3
if False:
    x = (1 << 10**10, 9**9**9**9, "a" * 10**11, (0,) * 10**11, 10**10**10)
print("folded nothing")
