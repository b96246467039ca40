declare const require: (name: string) => any;

const text: string = require("fs").readFileSync(0, "utf8");
const [a, b] = text.trim().split(/\s+/).map(Number);
console.log(a + b);
