import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverProgram, startDaemon } from './daemon.ts'
import { freeTcpPort, type Loopback } from './loopback.ts'

/** Without it sshd does not start as root; a package makes it when the system boots. */
const PRIVILEGE_SEPARATION = '/run/sshd'

export function hasSshd(): boolean {
  return serverProgram('sshd') !== undefined
}

/** Debian's sshd on loopback, on a free port or this one, with a host key of its own; nobody can log in. */
export async function startSshd(wanted?: number): Promise<Loopback> {
  const path = serverProgram('sshd')
  if (path === undefined) throw new Error('sshd is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'healthtop-sshd-'))
  const key = join(folder, 'key')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key], { stdio: 'ignore' })
  if (process.getuid?.() === 0) mkdirSync(PRIVILEGE_SEPARATION, { recursive: true, mode: 0o755 })
  const port = wanted ?? (await freeTcpPort())
  const config = join(folder, 'config')
  writeFileSync(
    config,
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${key}`,
      'PidFile none',
      'UsePAM no',
      'AllowUsers nobody',
    ].join('\n'),
  )
  const daemon = await startDaemon(path, ['-D', '-e', '-f', config], port)
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      await daemon[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
