// attack: imports itself under other names without end
// expect: WA or MLE or TLE
const number = Number(new URL(import.meta.url).search.slice(1));
try {
    if (number < 50) await import("./cycle.mjs?" + (number + 1));
    else console.log("ran");
} catch (error) { console.log(String(error)); }
