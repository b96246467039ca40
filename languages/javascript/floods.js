const fs = require("fs");
const text = "flood\n".repeat(1000);
for (;;) fs.writeSync(1, text);
