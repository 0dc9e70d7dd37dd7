import { readArguments, usage } from "./read-arguments.ts";
import { Sorry } from "./sorry.ts";
import { isAlive, starters } from "./starters.ts";

async function main(): Promise<void> {
  const { port, data, help } = readArguments(process.argv.slice(2));
  if (help) return console.log(usage);

  console.log("Starting the demo ...");
  // Vite takes its time to load: not before the line above.
  const { startDemo } = await import("./demo.ts");
  const demo = await startDemo({ port, data, print: (line) => console.log(line) });

  // npx may be killed without a word to us, and pnpm with it or not: then nobody is left to stop us.
  const { ppid } = process;
  const above = starters();
  const watch = setInterval(() => {
    if (process.ppid !== ppid || !above.every(isAlive)) void stop();
  }, 500);

  const stop = async (): Promise<void> => {
    // Whoever asks a second time is not kept waiting.
    process.off("SIGINT", stop).off("SIGTERM", stop);
    clearInterval(watch);
    console.log("Stopping ...");
    await demo[Symbol.asyncDispose]();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Sorry ? error.message : error);
  process.exitCode = 1;
}
