import { generateKeyPairSync, sign } from "node:crypto";

/** A new key and its own certificate for localhost and 127.0.0.1, as PEM. */
export function selfSigned(): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const algorithm = sequence(der(0x06, bytes(0x2b, 0x65, 0x70)));
  const name = sequence(
    der(0x31, sequence(der(0x06, bytes(0x55, 0x04, 0x03)), der(0x0c, Buffer.from("localhost")))),
  );
  const validity = sequence(der(0x17, Buffer.from("200101000000Z")), der(0x17, Buffer.from("491231235959Z")));
  const names = sequence(der(0x82, Buffer.from("localhost")), der(0x87, bytes(127, 0, 0, 1)));
  const extension = sequence(der(0x06, bytes(0x55, 0x1d, 0x11)), der(0x04, names));
  const body = sequence(
    der(0xa0, der(0x02, bytes(2))),
    der(0x02, bytes(1)),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(extension)),
  );
  const signature = sign(null, body, privateKey);
  const cert = sequence(body, algorithm, der(0x03, Buffer.concat([bytes(0), signature])));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert.toString("base64")}\n-----END CERTIFICATE-----\n`,
  };
}

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const sequence = (...parts: Buffer[]): Buffer => der(0x30, Buffer.concat(parts));

function der(tag: number, body: Buffer): Buffer {
  const { length } = body;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([bytes(tag, ...head), body]);
}
