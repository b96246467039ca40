function total(n) {
  return n === 0 ? 0 : n + total(n - 1);
}

console.log(total(Number(require("fs").readFileSync(0, "utf8"))));
