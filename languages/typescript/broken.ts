function main( {
  console.log("never");
}

main();
