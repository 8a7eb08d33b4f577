import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseHosts, readHosts } from '../../../src/checks/net/hosts-file.ts'
import { temporaryFolder } from '../asking.ts'

test('a hosts file names addresses, in order, whatever the case', () => {
  const hosts = parseHosts(
    '# old\n127.0.0.1\tlocalhost  Web.Internal # here\n::1 localhost\n\n 10.0.0.2 web.internal\n127.0.0.1 localhost\nnonsense\n',
  )
  expect([...hosts]).toEqual([
    ['localhost', ['127.0.0.1', '::1']],
    ['web.internal', ['127.0.0.1', '10.0.0.2']],
  ])
})

test('it is read again when it changed', () => {
  const path = join(temporaryFolder(), 'hosts')
  expect(readHosts(path).size).toBe(0)
  writeFileSync(path, '127.0.0.1 one\n')
  const first = readHosts(path)
  expect(readHosts(path)).toBe(first)
  writeFileSync(path, '127.0.0.1 two\n')
  utimesSync(path, 1, 1)
  expect([...readHosts(path).keys()]).toEqual(['two'])
  rmSync(path)
  expect(readHosts(path).size).toBe(0)
})
