import { readArguments, usage } from "./read-arguments.ts";
import { Sorry } from "./sorry.ts";
import { isAlive, starters } from "./starters.ts";

/** Ctrl-C, a polite kill, a terminal that is closed. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

async function main(): Promise<void> {
  const { port, data, help } = readArguments(process.argv.slice(2));
  if (help) return console.log(usage);

  const stop = async (): Promise<void> => {
    // Whoever asks a second time is not kept waiting.
    ignore();
    console.log("Stopping ...");
    // What has only half begun is let begin, so that it can end. Whoever starts it hears why it could not.
    const demo = await starting.catch(() => undefined);
    await demo?.[Symbol.asyncDispose]();
  };
  const ignore = (): void => {
    clearInterval(watch);
    for (const name of signals) process.off(name, stop);
  };

  // npx may be killed without a word to us, and pnpm with it or not: then nobody is left to stop us.
  const { ppid } = process;
  const above = starters();
  const watch = setInterval(() => {
    if (process.ppid !== ppid || !above.every(isAlive)) void stop();
  }, 500);
  for (const name of signals) process.on(name, stop);

  console.log("Starting the demo ...");
  // Vite takes its time to load: not before the line above.
  const starting = import("./demo.ts").then(({ startDemo }) =>
    startDemo({ port, data, print: (line) => console.log(line) }),
  );
  try {
    await starting;
  } catch (error) {
    ignore();
    throw error;
  }
}

// Of a terminal that is closed: what is said then is said to nobody.
for (const way of [process.stdout, process.stderr]) way.on("error", () => {});

try {
  await main();
} catch (error) {
  console.error(error instanceof Sorry ? error.message : error);
  process.exitCode = 1;
}
