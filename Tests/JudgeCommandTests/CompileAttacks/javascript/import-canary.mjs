// attack: imports files of the host's and prints them, at whatever time they may be read
// expect: CE or WA
// twin: yes
try {
    const { readFileSync } = await import("fs");
    process.stdout.write(readFileSync("@CANARY@", "utf8"));
} catch (error) { console.log(error.code); }
try { await import("file://@ANSWER@"); } catch (error) { console.log(error.code); }
