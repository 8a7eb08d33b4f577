import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { PROCESS_KEYS } from '../../src/export/process-json.ts'
import { snapshotJson } from '../../src/export/snapshot-json.ts'
import { frameOf } from './frame.ts'

const PAGE = readFileSync(fileURLToPath(new URL('../../docs/snapshot.md', import.meta.url)), 'utf8')

test('docs/snapshot.md names every key of the object, of its host and of its alerts', () => {
  const object = snapshotJson(frameOf()) as { host: object; alerts: object[] }
  expect(object.alerts.length).toBeGreaterThan(0)
  for (const part of [object, object.host, object.alerts[0] ?? {}])
    for (const key of Object.keys(part)) expect(PAGE, key).toContain(`\`${key}\``)
})

test('docs/snapshot.md names every key of a process, and the eleven that are always there first', () => {
  const section = PAGE.slice(PAGE.indexOf('## Processes'))
  const rows = section.split('\n').filter((line) => line.startsWith('| `'))
  const named = rows.flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map((match) => match[1]))
  expect(named.toSorted()).toEqual(PROCESS_KEYS.toSorted())
  expect(named.slice(0, 11)).toEqual(PROCESS_KEYS.slice(0, 11))
})
