/**
 * What a check that speaks TLS takes. Loaded ahead of the clock, and only by whoever speaks it: with OpenSSL it takes several milliseconds,
 * and a plain check on the command line is over in twenty.
 */
export async function loadSecureParts() {
  const [{ dialSecure }, { prepare }, { judgeTls }] = await Promise.all([
    import('./secure-dial.ts'),
    import('./handshake.ts'),
    import('./tls-judge.ts'),
  ])
  return { dialSecure, prepare, judgeTls }
}

export type SecureParts = Awaited<ReturnType<typeof loadSecureParts>>
