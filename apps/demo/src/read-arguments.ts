import { parseArgs } from "node:util";
import { usualPort } from "./server/listen.ts";
import { Sorry } from "./sorry.ts";

export const usage = `Usage: npx -y pnpm@12 demo [--port N] [--data DIR]

  --port N   where to serve page and socket, 0 for any free port [${usualPort}, or a free one when that is taken]
  --data DIR where notifications, mails and the access log are kept [a folder under your state directory]
  --help     this text`;

/** What the command was told. */
export interface Arguments {
  readonly port: number | undefined;
  readonly data: string | undefined;
  readonly help: boolean;
}

/** Reads the command line. @throws Sorry for what means nothing here. */
export function readArguments(args: readonly string[]): Arguments {
  const { port, data, help = false } = parse(args);
  if (port !== undefined && (!/^\d+$/.test(port) || Number(port) > 65_535)) {
    throw new Sorry(`--port must be a number from 0 to 65535, but is "${port}"`);
  }
  return { port: port === undefined ? undefined : Number(port), data, help };
}

function parse(args: readonly string[]): { port?: string; data?: string; help?: boolean } {
  try {
    const options = {
      port: { type: "string" },
      data: { type: "string" },
      help: { type: "boolean" },
    } as const;
    // pnpm passes the `--` on that other package managers want.
    return parseArgs({ args: args.filter((arg) => arg !== "--"), options }).values;
  } catch (error) {
    throw new Sorry(`${(error as Error).message}\n\n${usage}`);
  }
}
