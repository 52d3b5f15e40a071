// An authenticator and the browser around it, for programs: makes passkeys and uses them as WebAuthn level 2 says, with Ed25519.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const base64url = (bytes) => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const head = (major, number) => (number < 24 ? Buffer.from([(major << 5) | number])
  : number < 256 ? Buffer.from([(major << 5) | 24, number]) : Buffer.from([(major << 5) | 25, number >> 8, number & 255]));
const bytes = (value) => Buffer.concat([head(2, value.length), value]);
const text = (value) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const number = (value) => (value < 0 ? head(1, -1 - value) : head(0, value));
const map = (...parts) => Buffer.concat([head(5, parts.length / 2), ...parts]);

export const flags = { present: 1, verified: 4, withCredential: 64 };

export class Authenticator {
  constructor(port) {
    this.origin = `https://localhost:${port}`;
    this.id = randomBytes(32);
    this.counter = 0;
    this.key = generateKeyPairSync('ed25519');
  }
  /** What a browser says of one use; `change` may alter any of it before it is signed. */
  said(type, challenge, change = {}) {
    const { relyingParty = 'localhost', flag = flags.present | flags.verified, more = '', counter = ++this.counter, credential = '' } = change;
    const clientData = change.clientData ?? JSON.stringify({ type: change.type ?? type, challenge: change.challenge ?? challenge, origin: change.origin ?? this.origin, crossOrigin: change.crossOrigin ?? false });
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const data = Buffer.concat([sha256(relyingParty), Buffer.from([flag]), count, Buffer.from(credential), Buffer.from(more)]);
    return { clientData, data, signature: sign(null, Buffer.concat([data, sha256(clientData)]), this.key.privateKey) };
  }
  /** The body of a request that adds this passkey. */
  made({ challenge }, name, change = {}) {
    const raw = this.key.publicKey.export({ format: 'jwk' }).x;
    const cose = change.cose ?? map(number(1), number(1), number(3), number(-8), number(-1), number(6), number(-2), bytes(Buffer.from(raw, 'base64url')));
    const size = Buffer.from([this.id.length >> 8, this.id.length & 255]);
    const { clientData, data } = this.said('webauthn.create', challenge, {
      flag: flags.present | flags.verified | flags.withCredential, counter: 0,
      credential: Buffer.concat([Buffer.alloc(16), size, this.id, cose]), ...change,
    });
    const attestation = change.attestation ?? map(text('fmt'), text(change.format ?? 'none'), text('attStmt'), map(), text('authData'), bytes(data));
    return { name, challenge, client_data: base64url(clientData), attestation: base64url(change.cut ? attestation.subarray(0, change.cut) : attestation) };
  }
  /** The fields of a request that shows this passkey. */
  used({ challenge }, change = {}) {
    const { clientData, data, signature } = this.said('webauthn.get', challenge, change);
    return {
      challenge, passkey: base64url(change.id ?? this.id), client_data: base64url(clientData),
      authenticator_data: base64url(change.cut === undefined ? data : data.subarray(0, change.cut)),
      signature: base64url(change.signature ?? signature), user_handle: base64url(change.handle ?? ''),
    };
  }
}
