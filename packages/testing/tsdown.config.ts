import { defineConfig, type UserConfig } from "tsdown";
import { shared } from "../../tsdown.shared.ts";

const config: UserConfig = defineConfig({
  ...shared,
  entry: ["src/index.ts", "src/contracts.ts", "src/node.ts"],
});
export default config;
