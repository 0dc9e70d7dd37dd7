import type { DataFolder } from "./data-folder.ts";
import { livePath, networked } from "./shared/socket-paths.ts";

/** What there is to say of a demo that runs: one line for each of its parts, and where to look. */
export function announce(demo: { readonly url: string; readonly folder: DataFolder }): readonly string[] {
  const { url, folder } = demo;
  const { host } = new URL(url);
  return [
    `  server   @holdfast/server on ${host}${livePath}: sessions, and the same data over HTTP`,
    `  store    SQLite in ${folder.path}`,
    `  proxy    on ${host}${networked.live}: the network between everybody and the server, to be broken at will`,
    `  mailbox  @holdfast/node, watches ${folder.mail}: drop an .eml there; its life is printed below`,
    `  page     @holdfast/browser, its life is on the page`,
    `Open ${url}`,
  ];
}
