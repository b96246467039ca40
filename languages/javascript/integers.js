const [n, ...numbers] = require("fs").readFileSync(0, "utf8").split("\n");
let sum = 0n;
for (let i = 0; i < Number(n); i++) sum += BigInt(numbers[i]);
console.log(String(sum));
