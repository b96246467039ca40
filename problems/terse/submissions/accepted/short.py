n=int(input())
a=n-n
b=n//n
for _ in range(n):a,b=b,a+b
print(a)
