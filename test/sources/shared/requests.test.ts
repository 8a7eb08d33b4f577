import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PLAIN_QUERY } from '../../../src/model/processes.ts'
import type { Command } from '../../../src/model/source.ts'
import { type FromClient, lineOf } from '../../../src/sources/shared/protocol.ts'
import { readRequest } from '../../../src/sources/shared/requests.ts'

const id = { pid: 4, startTicks: 5 }
const commands: readonly Command[] = [
  { kind: 'signal', targets: [id], signal: 'SIGTERM' },
  { kind: 'signal', targets: [id, id], signal: 34 },
  { kind: 'nice', targets: [id], nice: -20 },
  { kind: 'io_class', targets: [id], ioClass: 'best-effort', level: 3 },
  { kind: 'affinity', targets: [id], cores: [0, 2] },
  { kind: 'check_now', names: [] },
  { kind: 'acknowledge', alert: 'a b 1', note: '' },
  { kind: 'unacknowledge', alert: 'a b 1' },
  { kind: 'silence', alert: 'a b 1' },
  { kind: 'silence', alert: 'a b 1', untilMs: 1_764_079_200_000 },
  { kind: 'unsilence', alert: 'a b 1' },
]

const requests: readonly FromClient[] = [
  { kind: 'hello', pid: 12, version: '0.1.0' },
  { kind: 'query', query: { ...PLAIN_QUERY, id: 3 } },
  {
    kind: 'query',
    query: {
      ...PLAIN_QUERY,
      id: 3,
      columns: ['user', 'history'],
      user: 'root',
      pid: 4,
      toggled: ['1:2'],
      threadsOf: ['1:2'],
      follow: id,
      hold: true,
      find: { text: 'x', from: -1, step: -1 },
    },
  },
  { kind: 'watch' },
  { kind: 'watch', request: { target: { kind: 'pid', pid: 3 }, sections: ['files', 'memory'], instance: id } },
  { kind: 'watch', request: { target: { kind: 'process', id, name: 'nginx' }, sections: [] } },
  { kind: 'watch', request: { target: { kind: 'pattern', source: '(' }, sections: [] } },
  { kind: 'inspect', id: 1, target: id },
  { kind: 'yield' },
  ...commands.map((command, at): FromClient => ({ kind: 'command', id: at, command })),
]

test.each(requests.map((request) => [request.kind, request] as const))('%s is read as it was said', (_, request) => {
  expect(readRequest(lineOf(request))).toEqual({ ok: true, request })
})

test('whatever is changed in one it is read as another or refused, and never throws', () => {
  const anything = fc.jsonValue({ maxDepth: 2 })
  fc.assert(
    fc.property(fc.constantFrom(...requests), fc.nat(), anything, (request, at, value) => {
      const paths = pathsOf(request)
      const line = lineOf(withValue(request, paths[at % paths.length] as readonly string[], value) as FromClient)
      const read = readRequest(line)
      if (read.ok) expect(JSON.parse(line)).toEqual({ v: 1, ...read.request })
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['a sort that is none', { sort: 'constructor' }],
  ['rows below none', { rows: -1 }],
  ['half a row', { rows: 1.5 }],
  ['a filter that is no text', { filter: ['x'] }],
  ['a filter without an end', { filter: 'x'.repeat(20_000) }],
  ['a column that is none', { columns: ['name', 'password'] }],
  ['what nobody knows', { more: 1 }],
])('a query with %s is none', (_, parts) => {
  const line = lineOf({ kind: 'query', query: { ...PLAIN_QUERY, id: 1, ...parts } as never })
  expect(readRequest(line)).toEqual({ ok: false, reason: 'a message "query" is not as it should be' })
})

function pathsOf(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...at, key]))].filter(
    (path) => path.length > 0,
  )
}

function withValue(all: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  const copy: Record<string, unknown> = Object.assign(Array.isArray(all) ? [] : {}, all)
  copy[key] = withValue(copy[key], rest, value)
  return copy
}
