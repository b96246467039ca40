declare const require: (name: string) => any;

const text: string = require("fs").readFileSync(0, "utf8");
const [n, ...numbers] = text.split("\n");
let sum = 0n;
for (let i = 0; i < Number(n); i++) sum += BigInt(numbers[i]);
console.log(String(sum));
