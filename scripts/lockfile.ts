import { readFileSync } from "node:fs";

// The lockfile must install from whatever registry a machine is set up for, so it records none.
const addresses = readFileSync("pnpm-lock.yaml", "utf8")
  .split("\n")
  .filter((line) => /(tarball|resolved|registry):|https?:\/\//.test(line) && !/deprecated:/.test(line));
if (addresses.length) {
  console.log("pnpm-lock.yaml records download addresses:", addresses.slice(0, 5).join("\n"));
  process.exitCode = 1;
}
