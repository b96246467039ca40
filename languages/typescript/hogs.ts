const kept: { i: number }[][] = [];
for (;;) kept.push(Array.from({ length: 1 << 18 }, (_, i) => ({ i })));
