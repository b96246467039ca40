// attack: has regular expressions that are compiled when they are parsed
// expect: CE or WA
const x = () => /(«20000x(a*)*»)\1{99999}{1/;
console.log("parsed");
