import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { dirname, join } from "node:path";

/** What was measured on: no names, no places. */
export interface Machine {
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly versions: Readonly<Record<string, string>>;
}

/** This machine, and the versions of these packages. */
export function machine(packages: readonly string[]): Machine {
  const all = cpus();
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: all.length,
    versions: Object.fromEntries([...new Set(packages)].toSorted().map((name) => [name, versionOf(name)])),
  };
}

const require = createRequire(import.meta.url);

/** Looked for beside its code: not every package shows its `package.json`. */
function versionOf(name: string): string {
  let folder = dirname(require.resolve(name));
  for (;;) {
    try {
      const { name: found, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
        readonly name?: string;
        readonly version?: string;
      };
      if (found === name && version !== undefined) return version;
    } catch {
      // Not this one.
    }
    const above = dirname(folder);
    if (above === folder) return "unknown";
    folder = above;
  }
}
