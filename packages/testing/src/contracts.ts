export { clockContract } from "./contracts/clock-contract.ts";
export { transportContract, type TransportSetup } from "./contracts/transport-contract.ts";
