import type { DataFolder } from "./data-folder.ts";
import { socketPath } from "./server/live.ts";

/** What there is to say of a demo that runs: one line for each of its parts, and where to look. */
export function announce(demo: {
  readonly url: string;
  readonly proxyPort: number;
  readonly folder: DataFolder;
}): readonly string[] {
  const { url, proxyPort, folder } = demo;
  return [
    `  server   @holdfast/server on ${new URL(url).host}${socketPath}: sessions, and the same data over HTTP`,
    `  store    SQLite in ${folder.path}`,
    `  proxy    127.0.0.1:${proxyPort}, the network between everybody and the server, to be broken at will`,
    `  mailbox  @holdfast/node, watches ${folder.mail}: drop an .eml there; its life is printed below`,
    `  page     @holdfast/browser, its life is on the page`,
    `Open ${url}`,
  ];
}
