const found = [1, 2, 3].find((n) => n > 3)!;
console.log(found.toFixed());
