declare const require: (name: string) => any;

function total(n: number): number {
  return n === 0 ? 0 : n + total(n - 1);
}

console.log(total(Number(require("fs").readFileSync(0, "utf8"))));
