// Passkeys in the browser (WebAuthn level 2): making one, and answering a question with one.
import { fromBase64Url, toBase64Url } from './bytes';

export interface PasskeyQuestion { challenge: string; relying_party: string; allowed?: string[] }
export interface PasskeyOffer {
  challenge: string;
  relying_party: string;
  user: { handle: string; name: string; display_name: string };
  algorithms: number[];
  have: string[];
}

export const passkeysWork = (): boolean => typeof PublicKeyCredential === 'function';

/** The user did not, or could not, go on: the browser told why, or stays silent on purpose. */
export class PasskeyStopped extends Error {}

const listed = (ids: string[] | undefined) =>
  (ids ?? []).map((id) => ({ type: 'public-key' as const, id: fromBase64Url(id) }));

export async function answerWithPasskey(question: PasskeyQuestion) {
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: fromBase64Url(question.challenge), rpId: question.relying_party, userVerification: 'required',
      allowCredentials: listed(question.allowed),
    },
  }).catch(() => { throw new PasskeyStopped(); }) as PublicKeyCredential | null;
  if (!found) throw new PasskeyStopped();
  const response = found.response as AuthenticatorAssertionResponse;
  return {
    challenge: question.challenge,
    passkey: toBase64Url(found.rawId),
    client_data: toBase64Url(response.clientDataJSON),
    authenticator_data: toBase64Url(response.authenticatorData),
    signature: toBase64Url(response.signature),
    ...(response.userHandle ? { user_handle: toBase64Url(response.userHandle) } : {}),
  };
}

export async function makePasskey(offer: PasskeyOffer) {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: fromBase64Url(offer.challenge),
      rp: { id: offer.relying_party, name: 'Klout7' },
      user: { id: fromBase64Url(offer.user.handle), name: offer.user.name, displayName: offer.user.display_name },
      pubKeyCredParams: offer.algorithms.map((alg) => ({ type: 'public-key' as const, alg })),
      excludeCredentials: listed(offer.have),
      authenticatorSelection: { userVerification: 'required', residentKey: 'required' },
      attestation: 'none',
    },
  }).catch(() => { throw new PasskeyStopped(); }) as PublicKeyCredential | null;
  if (!made) throw new PasskeyStopped();
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    challenge: offer.challenge, client_data: toBase64Url(response.clientDataJSON), attestation: toBase64Url(response.attestationObject),
  };
}
