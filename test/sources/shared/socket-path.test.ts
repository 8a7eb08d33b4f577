import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { removeSocket, SOCKET_NAME } from '../../../src/sources/shared/socket-path.ts'

function listening(path: string): Promise<Server> {
  const server = createServer()
  return new Promise((resolve) => server.listen(path, () => resolve(server)))
}

test('of what a lock names only a socket of healthtop’s own name is taken away', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockets-'))
  const names = ['docker.sock', SOCKET_NAME]
  const servers = await Promise.all(names.map((name) => listening(join(folder, name))))
  try {
    for (const name of [...names, 'nothing']) removeSocket(join(folder, name))
    expect(readdirSync(folder)).toEqual(['docker.sock'])
  } finally {
    for (const server of servers) server.close()
    rmSync(folder, { recursive: true })
  }
})
