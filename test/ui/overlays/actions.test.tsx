import { expect, test } from 'vitest'
import type { Scheduling } from '../../../src/model/source.ts'
import { mountInk } from '../../../src/ui/ink.tsx'
import { KEYS } from '../../../src/ui/keys/table.ts'
import { type ActionOverlay, INITIAL, without } from '../../../src/ui/state.ts'
import { ASCII, UNICODE } from '../../../src/ui/theme/glyphs.ts'
import { ago, NOW, processRow, ROWS } from '../lists.ts'

const ink = mountInk((error) => {
  throw error
})

function text(overlay: ActionOverlay, columns: number, rows: number, glyphs = UNICODE): string {
  const grid = ink.render({
    state: { ...INITIAL, columns, rows, overlay },
    glyphs,
    bindings: KEYS,
    version: '1.2.3',
    memory: '',
  })
  return Array.from({ length: rows }, (_, y) => grid.rowText(y).trimEnd()).join('\n')
}

const cores = (count: number) => Array.from({ length: count }, (_, core) => core)
const there = cores(8)
const now: Scheduling = { nice: 5, ioClass: 'best-effort 4', affinity: [0, 1, 2, 3], cores: there }
const vacuum = { ...(ROWS[1] as (typeof ROWS)[number]), startedMs: ago(30) }
const several = [
  ...ROWS.slice(0, 4),
  ...Array.from({ length: 9 }, (_, index) => processRow({ pid: 30_000 + index, name: `worker-${index}`, user: 'ops' })),
]

const dialog = (kind: ActionOverlay['kind'], parts: Partial<ActionOverlay> = {}): ActionOverlay => ({
  kind,
  targets: [vacuum],
  openedMs: NOW,
  selected: 0,
  button: 'cancel',
  parent: { pid: 611, name: 'cron' },
  current: [now],
  ...(kind === 'nice' && { value: 5 }),
  ...(kind === 'affinity' && { cores: [0, 1, 2, 3] }),
  ...parts,
})

const DIALOGS: Readonly<Record<string, ActionOverlay>> = {
  signal: dialog('signal'),
  'signal-several': dialog('signal', {
    targets: several,
    total: { cpuRatio: 1.979, memoryBytes: 9.9 * 1024 ** 3 },
    selected: 20,
    button: 'send',
    ended: 2,
  }),
  nice: dialog('nice', { value: -3, button: 'send' }),
  io_class: dialog('io_class', { selected: 1, value: 4 }),
  affinity: dialog('affinity', { selected: 5 }),
  'affinity-64': dialog('affinity', {
    selected: 12,
    cores: cores(12),
    current: [{ ...now, cores: cores(64), affinity: cores(64) }],
  }),
  'affinity-256': dialog('affinity', {
    selected: 200,
    cores: cores(256).filter((core) => core % 2 === 0),
    current: [{ ...now, cores: cores(256), affinity: cores(256) }],
    button: 'send',
  }),
  'affinity-loading': without(dialog('affinity'), 'current', 'cores'),
  'io_class-refused': dialog('io_class', {
    targets: [vacuum, ...ROWS.slice(0, 1)],
    current: [now, { nice: 0, ioClass: 'idle', cores: there }],
    selected: 3,
    button: 'send',
    refused: '1 of 2 not: not permitted: it belongs to node',
  }),
}

for (const [name, overlay] of Object.entries(DIALOGS)) {
  for (const [columns, rows] of [
    [120, 40],
    [80, 24],
    [60, 20],
  ] as const) {
    test(`${name} at ${columns}x${rows}`, async () => {
      await expect(`${text(overlay, columns, rows)}\n`).toMatchFileSnapshot(
        `__snapshots__/${name}-${columns}x${rows}.txt`,
      )
    })
  }
  test(`${name} in ASCII writes no other character`, () => {
    expect(text(overlay, 80, 24, ASCII)).toMatch(/^[\x20-\x7e\n]*$/)
  })
}

test('what happens before an order is given is said whole at any width', () => {
  const note = (columns: number) => text(dialog('signal', { targets: several.slice(0, 2) }), columns, 20)
  expect(note(80)).toContain('pids and start times are checked again before it is sent')
  expect(note(60)).toContain('pids and start times are checked again first')
})
