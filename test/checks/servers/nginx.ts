import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverProgram, startDaemon } from './daemon.ts'
import { freeTcpPort } from './loopback.ts'

export function hasNginx(): boolean {
  return serverProgram('nginx') !== undefined
}

export interface Nginx extends AsyncDisposable {
  /** Its folder: files for it to serve stand in `html` below. */
  readonly folder: string
  /** Free ports, for `servers` to listen on. */
  readonly ports: readonly [number, number]
}

/** Starts Debian's nginx with `server` blocks made for its ports and folder, and waits until it listens on the first port. */
export async function startNginx(servers: (ports: Nginx['ports'], folder: string) => string): Promise<Nginx> {
  const program = serverProgram('nginx')
  if (program === undefined) throw new Error('nginx is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'healthtop-nginx-'))
  mkdirSync(join(folder, 'html'))
  const ports = [await freeTcpPort(), await freeTcpPort()] as const
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  )
  const config = join(folder, 'nginx.conf')
  writeFileSync(
    config,
    [
      'daemon off;',
      'master_process off;',
      `pid ${folder}/pid;`,
      'error_log stderr;',
      'events { worker_connections 64; }',
      'http {',
      'access_log off;',
      'default_type text/plain;',
      ...temporary,
      `root ${folder}/html;`,
      servers(ports, folder),
      '}',
    ].join('\n'),
  )
  const daemon = await startDaemon(program, ['-p', folder, '-c', config, '-e', 'stderr'], ports[0])
  return {
    folder,
    ports,
    [Symbol.asyncDispose]: async () => {
      await daemon[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
