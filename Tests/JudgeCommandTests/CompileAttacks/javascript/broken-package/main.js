// attack: brings a package.json that cannot be read, and nests without end
// expect: CE or WA or RTE
console.log("ran");
