// One mistake, whose words are looked at.
import { connect } from "@holdfast/node";
import * as z from "zod";

connect("wss://x", { messages: { incoming: z.string() }, hearbeat: "off" });
