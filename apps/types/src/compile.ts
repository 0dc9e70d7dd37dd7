import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { install } from "./installed.ts";

// What users have: no export condition of ours, no skipLibCheck, with the library of a browser or without, old and new.
const compilers = ["typescript-5.9", "typescript-6", "typescript-7"];
const settings: Record<string, readonly string[]> = {
  "a Node service": ["--module", "nodenext", "--lib", "es2023,esnext.disposable"],
  "a page": ["--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2023,dom,esnext.disposable"],
};

function compile(compiler: string, what: string, cwd: string, args: readonly string[]): void {
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      resolve("node_modules", compiler, "bin", "tsc"),
      "--strict",
      "--exactOptionalPropertyTypes",
      "--target",
      "es2022",
      "--types",
      "node",
      ...["--ignoreConfig"].filter(() => compiler !== "typescript-5.9"),
      ...args,
    ],
    { encoding: "utf8", cwd },
  );
  if (status === 0) return;
  console.log(`${compiler} as ${what}:\n${stdout}`);
  process.exitCode = 1;
}

for (const compiler of compilers) {
  for (const [name, args] of Object.entries(settings)) {
    const files = ["src/app.ts", "src/session.ts"];
    compile(compiler, name, ".", ["--noEmit", "--allowImportingTsExtensions", ...args, ...files]);
  }
}

// A package that somebody shares is compiled to declarations, where only what it depends on is there.
const author = install(["browser", "node", "server"]);
copyFileSync("src/library.ts", join(author, "library.ts"));
writeFileSync(join(author, "package.json"), '{ "type": "module" }');
for (const compiler of compilers) {
  const args = ["--declaration", "--emitDeclarationOnly", "--outDir", "out", "--module", "nodenext"];
  compile(compiler, "the author of a library", author, [
    ...args,
    "--lib",
    "es2023,esnext.disposable",
    "library.ts",
  ]);
}
rmSync(author, { recursive: true });
