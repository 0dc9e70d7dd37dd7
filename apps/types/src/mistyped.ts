// One mistake, whose words are looked at.
import { createClient } from "@holdfast/browser";
import { mail } from "./contract.ts";

void createClient(mail, { url: "wss://x" }).emit("publsh", { to: "", subject: "", at: new Date() });
