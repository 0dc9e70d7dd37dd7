import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

// What each package declares to its users, committed, so that a change of the API is always a visible diff.
// `pnpm declarations` writes it anew from the build; without `--write` it is only compared.
const isWriting = process.argv.includes("--write");
const folder = "docs/declarations";
mkdirSync(folder, { recursive: true });

/** The entries of a package and what they import: a build that was taken from the cache leaves older chunks where they were. */
function declarationsOf(name: string): readonly string[] {
  const { exports } = JSON.parse(readFileSync(join("packages", name, "package.json"), "utf8")) as {
    readonly exports: Readonly<Record<string, { readonly types?: string } | string>>;
  };
  const files = new Set(
    Object.values(exports).flatMap((entry) =>
      typeof entry === "object" && entry.types ? [basename(entry.types)] : [],
    ),
  );
  for (const file of files) {
    const text = readFileSync(join("packages", name, "dist", file), "utf8");
    for (const [, chunk = ""] of text.matchAll(/from "\.\/([\w-]+)\.js"/g)) files.add(`${chunk}.d.ts`);
  }
  return [...files].toSorted();
}

const built = readdirSync("packages").flatMap((name) =>
  declarationsOf(name).map((file) => ({
    from: join("packages", name, "dist", file),
    // Shared chunks carry a hash in their name.
    to: join(folder, `${name}.${basename(file).replace(/-[\w-]{8}\.d\.ts$/, ".d.ts")}`),
  })),
);

// And what a sample app makes of it: that is what stands under a user's cursor.
const sample = mkdtempSync(join(tmpdir(), "holdfast-sample-"));
process.on("exit", () => rmSync(sample, { recursive: true }));
const compiler = join("node_modules", "typescript-7", "bin", "tsc");
const emit = ["--declaration", "--emitDeclarationOnly", "--outDir", sample, "--allowImportingTsExtensions"];
const how = [
  "--strict",
  "--exactOptionalPropertyTypes",
  "--module",
  "nodenext",
  "--target",
  "es2022",
  "--types",
  "node",
];
execFileSync(process.execPath, [compiler, "--ignoreConfig", ...how, ...emit, "src/sample.ts"], {
  cwd: join("apps", "types"),
});
built.push({ from: join(sample, "sample.d.ts"), to: join(folder, "sample-app.d.ts") });

// What no build makes any more is told, too.
const made = new Set(built.map(({ to }) => basename(to)));
for (const name of readdirSync(folder)) {
  if (made.has(name)) continue;
  if (isWriting) rmSync(join(folder, name));
  else {
    console.log(`${join(folder, name)} is of nothing that is built. pnpm declarations removes it`);
    process.exitCode = 1;
  }
}

const read = (path: string): string =>
  readFileSync(path, "utf8")
    .replace(/^\/\/# sourceMappingURL.*$/m, "")
    .replace(/-[\w-]{8}\.js"/g, '.js"');

for (const { from, to } of built) {
  if (isWriting) writeFileSync(to, read(from));
  else if (!existsSync(to) || readFileSync(to, "utf8") !== read(from)) {
    console.log(`${to} is not what ${from} says. If the API was meant to change: pnpm declarations`);
    process.exitCode = 1;
  }
}
