// Runs in Node, Bun and Deno: nothing here is theirs but the arguments, and what the last line writes.
import { createClient } from "@holdfast/browser";
import { contract } from "./contract.ts";
import { itemCount, type Report } from "./report.ts";

const [url = "", seconds = ""] = process.argv.slice(2);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function run(): Promise<Report> {
  const client = createClient(contract, { url, backoff: { initialMs: 50, maxMs: 300 }, log: "error" });
  const echoed: number[] = [];
  let said = 0;
  let delivered = 0;
  let wrongCalls = 0;
  let resumed = 0;
  let lost = 0;
  client.on("heard", (n) => echoed.push(n));
  client.session.on("resumed", () => resumed++);
  client.session.on("lost", () => lost++);
  const items = (async () => {
    let last = 0;
    for await (const n of client.stream("count", itemCount)) if (n === last + 1) last = n;
    return last;
  })();
  const calls: Promise<void>[] = [];
  const until = performance.now() + Number(seconds) * 1_000;
  while (performance.now() < until) {
    for (let times = 0; times < 20; times++) void client.emit("say", ++said).then(() => delivered++);
    const asked = said;
    calls.push(
      client.call("double", asked).then(
        (answer) => void (wrongCalls += answer === asked * 2 ? 0 : 1),
        () => void wrongCalls++,
      ),
    );
    await pause(20);
  }
  await Promise.all([...calls, client.drained({ timeoutMs: 20_000 }), items]);
  // A call is answered behind everything that came back before.
  await client.call("double", 0);
  await client.close();
  const isInOrder = echoed.every((n, index) => n === index + 1);
  return { said, delivered, echoed: echoed.length, isInOrder, wrongCalls, items: await items, resumed, lost };
}

console.log(JSON.stringify(await run()));
