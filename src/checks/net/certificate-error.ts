/** A certificate, key or authority that was given and cannot be used. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError'
}
