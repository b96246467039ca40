const node = null;
console.log(node.value);
