import { readFile } from 'node:fs/promises'
import type { Fields } from '../../lib/fields.ts'
import { safeText } from '../../lib/text.ts'
import { CertificateError } from './certificate-error.ts'
import type { TlsOptions } from './secure-context.ts'

const PATH = 'the path of a PEM file'

/** Keys of a check type that may speak TLS. Files are read when the check runs, so that a renewed one is used at once. */
export function tlsFields(fields: Fields) {
  return {
    serverName: fields
      .host()
      .optional()
      .describe('the name asked for (SNI) and looked for in the certificate; the host unless said'),
    insecure: fields.boolean().optional().describe('takes any certificate, trusted or not'),
    ca: fields.text(PATH).optional().describe('certificates to trust instead of those that this host trusts'),
    certificate: fields.text(PATH).optional().describe('our own certificate, for servers that want one'),
    key: fields.text(PATH).optional().describe('the key of our own certificate'),
    passphrase: fields.anyText().optional().describe('opens the key'),
  }
}

export interface TlsSettings {
  readonly serverName?: string | undefined
  readonly insecure?: boolean | undefined
  readonly ca?: string | undefined
  readonly certificate?: string | undefined
  readonly key?: string | undefined
  readonly passphrase?: string | undefined
}

/** What a handshake needs of such settings. Rejects with CertificateError for a file that cannot be read. */
export async function tlsOptions({ serverName, ca, certificate, key, passphrase }: TlsSettings): Promise<TlsOptions> {
  return {
    ...(serverName !== undefined && { serverName }),
    ...(ca !== undefined && { ca: await pem(ca) }),
    ...(certificate !== undefined && { certificate: await pem(certificate) }),
    ...(key !== undefined && { key: await pem(key) }),
    ...(passphrase !== undefined && { passphrase }),
  }
}

async function pem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'is not there' : code === 'EACCES' ? 'may not be read' : `cannot be read (${code})`
    throw new CertificateError(`${safeText(path, 300)} ${why}`, { cause: error })
  }
}
