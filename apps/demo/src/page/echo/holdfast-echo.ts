import { connect } from "@holdfast/browser";

type Log = (line: string) => void;
const hello = "Hello from my first live web socket!";

export async function echo(url: string, log: Log): Promise<void> {
  const connection = connect(url);
  connection.subscribe(({ name }) => log(name));
  connection.on("message", (text) => log(`echo: ${text}`));

  connection.send(hello); // not open yet: it waits
  await connection.once("message");

  // If the link is cut meanwhile, it comes back.
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  await connection.close(1000, "done");
}
