import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { type Demo, type DemoOptions, startDemo } from "../src/demo.ts";
import type { Heartbeat } from "../src/shared/patience.ts";
import { readPage } from "./page-folder.ts";

/** On a machine that stops for seconds, too, a link ends because a test ends it. Who waits for a dead one to be found has the demo's own. */
const patientHeartbeat: Heartbeat = { intervalMs: 1_000, timeoutMs: 5_000 };

/** A folder that is gone at the end. */
export class TemporaryFolder implements Disposable {
  readonly path: string = mkdtempSync(join(tmpdir(), "holdfast-demo-"));

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A demo on a free port with a folder of its own and no mails in it, which says nothing. */
export async function startQuietly(options: Partial<DemoOptions> = {}): Promise<Demo> {
  const folder = new TemporaryFolder();
  const data = options.data ?? folder.path;
  mkdirSync(join(data, "mail"), { recursive: true });
  const demo = await startDemo({
    port: 0,
    heartbeat: patientHeartbeat,
    // Who waits for a renewal says so: on a slow machine one would fall into a reload.
    tokenLifeMs: 600_000,
    makePage: async () => readPage(inject("demoPage")),
    print: () => {},
    ...options,
    data,
  });
  return {
    ...demo,
    async [Symbol.asyncDispose]() {
      await demo[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

/** A mail, ready to be dropped. */
export function mail(from: string, subject: string, text = "Some words."): string {
  const lines = [
    `From: ${from} <somebody@mail.example>`,
    `Subject: ${subject}`,
    "To: you@mail.example",
    "",
    text,
    "",
  ];
  return lines.join("\r\n");
}
