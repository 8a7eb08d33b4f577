import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pair } from './certificates.ts'
import { serverProgram, startDaemon } from './daemon.ts'
import { freeTcpPort, type Loopback } from './loopback.ts'

/** Compiled in: smtpd makes it when it starts. */
const SPOOL = '/var/spool/smtpd'

/** smtpd starts as root only, and has users of its own for its parts. */
export function hasSmtpd(): boolean {
  if (serverProgram('smtpd') === undefined) return false
  if (process.getuid?.() === 0) return true
  if (process.env.CI) throw new Error('smtpd has to be started by root')
  return false
}

/** Debian's OpenSMTPD on loopback, which offers STARTTLS where it has a certificate; it takes no mail from anybody. */
export async function startSmtpd(pair?: Pair): Promise<Loopback> {
  const path = serverProgram('smtpd')
  if (path === undefined) throw new Error('smtpd is not installed')
  const hadSpool = existsSync(SPOOL)
  const folder = mkdtempSync(join(tmpdir(), 'healthtop-smtpd-'))
  const port = await freeTcpPort()
  const config = join(folder, 'config')
  const lines = pair === undefined ? plainly(port) : withTls(port, pair)
  writeFileSync(config, [...lines, 'match from any for any reject', ''].join('\n'))
  const daemon = await startDaemon(path, ['-d', '-F', '-f', config], port)
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      await daemon[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
      if (!hadSpool) rmSync(SPOOL, { recursive: true, force: true })
    },
  }
}

function plainly(port: number): readonly string[] {
  return [`listen on 127.0.0.1 port ${port} hostname localhost`]
}

function withTls(port: number, { certificatePath, keyPath }: Pair): readonly string[] {
  // A key that others may read is refused.
  for (const file of [keyPath, certificatePath]) chmodSync(file, 0o600)
  return [
    `pki localhost cert "${certificatePath}"`,
    `pki localhost key "${keyPath}"`,
    `listen on 127.0.0.1 port ${port} tls pki localhost hostname localhost`,
  ]
}
