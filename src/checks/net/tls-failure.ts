import { safeText } from '../../lib/text.ts'

/** What OpenSSL's errors mean; `ERR_SSL_` and the reason of err(3) is the code that Node gives. */
const WORDS: readonly (readonly [code: RegExp, words: string])[] = [
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_LAYER|HTTP_REQUEST|UNKNOWN_PROTOCOL/, 'does not speak TLS'],
  [/ALERT_CERTIFICATE_REQUIRED|PEER_DID_NOT_RETURN/, 'wants a client certificate'],
  [/ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_\w+)/, 'does not accept the client certificate'],
  [
    /UNSUPPORTED_PROTOCOL|ALERT_PROTOCOL_VERSION|VERSION_TOO_LOW/,
    'speaks only versions of TLS that are too old or too new',
  ],
  [/NO_APPLICATION_PROTOCOL/, 'speaks none of the protocols that were offered'],
  [/UNRECOGNIZED_NAME/, 'does not know the name that was asked for'],
  [/HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS/, 'shares no cipher, or refuses the handshake'],
  [/DH_KEY_TOO_SMALL|EE_KEY_TOO_SMALL|CA_MD_TOO_WEAK/, 'has keys that are too weak'],
  [/INTERNAL_ERROR/, 'failed inside in the handshake'],
]

/** Whether an error is one of TLS itself. */
export function isTlsError(error: unknown): error is NodeJS.ErrnoException {
  const code = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? '') : ''
  return code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')
}

/** `127.0.0.1:443 does not speak TLS`. Safe text. */
export function tlsFailureText({ code, message }: NodeJS.ErrnoException, from: string): string {
  const known = WORDS.find(([pattern]) => pattern.test(`${code} ${message.toUpperCase().replaceAll(' ', '_')}`))
  if (known !== undefined) return `${from} ${known[1]}`
  // error:0A000412:SSL routines:ssl3_read_bytes:reason:file:line …
  const reason = /SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? message
  return `TLS with ${from} failed: ${safeText(reason, 200)}`
}
