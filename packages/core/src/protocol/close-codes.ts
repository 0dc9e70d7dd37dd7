// The close codes of the protocol. What a client does about one depends on its range. PROTOCOL.md section 8.
// Imported as a namespace, so that a bundle holds the numbers that it uses, and no names.
export const protocol = 4000;
export const refused = 4001;
export const forbidden = 4003;
export const version = 4006;
export const replaced = 4009;
export const tooLarge = 4013;
export const credentialExpired = 4101;
export const drain = 4200;
export const heartbeat = 4201;
export const gap = 4202;
export const internal = 4203;
export const rateLimited = 4208;
export const noHello = 4210;
export const sessionExpired = 4300;
export const overflow = 4301;
export const stateLost = 4302;
