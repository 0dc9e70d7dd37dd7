export { createFaultProxy, type FaultProxy, type FaultProxyOptions } from "./proxy/fault-proxy.ts";
export { type Direction } from "./proxy/faults.ts";
export { type Target } from "./proxy/target.ts";
