// attack: brings a package.json that names loaders, types and files of the host's
// expect: CE or WA
console.log("ran");
