declare const process: { exit(status: number): never };

process.exit(3);
