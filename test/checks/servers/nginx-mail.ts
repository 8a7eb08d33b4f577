import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pair } from './certificates.ts'
import { serverProgram, startDaemon } from './daemon.ts'
import { freeTcpPort } from './loopback.ts'

/** Debian's libnginx-mod-mail. */
const MODULE = '/usr/lib/nginx/modules/ngx_mail_module.so'

export function hasNginxMail(): boolean {
  if (serverProgram('nginx') === undefined) return false
  if (!existsSync(MODULE) && process.env.CI) throw new Error('libnginx-mod-mail is not installed')
  return existsSync(MODULE)
}

export interface NginxMail extends AsyncDisposable {
  readonly smtp: number
  readonly imap: number
  readonly pop3: number
}

/**
 * The mail proxy of Debian's nginx on loopback: SMTP, IMAP and POP3 with STARTTLS and this certificate. Nobody can log in: what would be
 * asked for that does not exist.
 */
export async function startNginxMail({ certificatePath, keyPath }: Pair): Promise<NginxMail> {
  const path = serverProgram('nginx')
  if (path === undefined) throw new Error('nginx is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'healthtop-nginx-mail-'))
  const ports = { smtp: await freeTcpPort(), imap: await freeTcpPort(), pop3: await freeTcpPort() }
  const config = join(folder, 'config')
  writeFileSync(
    config,
    `load_module ${MODULE};
daemon off;
master_process off;
pid ${join(folder, 'pid')};
error_log stderr;
events { worker_connections 64; }
mail {
  server_name localhost;
  auth_http 127.0.0.1:9/none;
  ssl_certificate ${certificatePath};
  ssl_certificate_key ${keyPath};
  starttls on;
${Object.entries(ports)
  .map(([protocol, port]) => `  server { listen 127.0.0.1:${port}; protocol ${protocol}; }`)
  .join('\n')}
}
`,
  )
  const daemon = await startDaemon(path, ['-p', folder, '-c', config, '-e', 'stderr'], ports.pop3)
  return {
    ...ports,
    [Symbol.asyncDispose]: async () => {
      await daemon[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
