const { execFileSync } = require("child_process");
const { Worker } = require("worker_threads");

async function main() {
  const code = "require('worker_threads').parentPort.postMessage(42)";
  const workers = Array.from({ length: 4 }, () => new Worker(code, { eval: true }));
  await Promise.all(workers.map((worker) => new Promise((done, fail) => worker.on("exit", done).on("error", fail))));
  execFileSync("/bin/true");
  console.log("spawned");
}

main();
