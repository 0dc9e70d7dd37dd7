import { clockContract } from "../../../testing/src/contracts.ts";
import { systemClock } from "../../src/index.ts";

clockContract("the clock of this runtime", () => systemClock);
