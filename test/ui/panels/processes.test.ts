import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeText } from '../../../src/lib/text.ts'
import type { Frame } from '../../../src/model/frame.ts'
import { commandSegments, processCell } from '../../../src/ui/panels/process-cells.ts'
import { historyValues } from '../../../src/ui/panels/process-history.ts'
import { processes } from '../../../src/ui/panels/processes.ts'
import { background, foreground, isBold } from '../../../src/ui/screen/style.ts'
import { INITIAL } from '../../../src/ui/state.ts'
import { typed } from '../../../src/ui/text-input.ts'
import type { ProcessesView } from '../../../src/ui/views.ts'
import { leadersOf } from '../../fixtures/alerts.ts'
import {
  ASCII_LOOK,
  answerOf,
  canvas,
  firstSecond,
  isPrintable,
  NOW,
  OPEN_LOOK,
  panelText,
  processRow,
  quiet,
  ROWS,
  UNICODE_LOOK,
  VIEW,
} from '../lists.ts'

const busy = (parts: Partial<Frame> = {}): Frame =>
  quiet({ processes: answerOf(ROWS), leaders: leadersOf({ cpu: ROWS, memory: ROWS.slice(2) }), ...parts })

const SELECTED = { focused: true, selected: 1 }

const PLAIN = INITIAL.processes

const typing = (filter: string, editing: boolean): ProcessesView => ({
  ...PLAIN,
  filter,
  ...(editing ? { input: { kind: 'filter', line: typed(filter) } } : {}),
})

describe('at the sizes of the home screen', () => {
  test('120x12', () => {
    expect(panelText(processes, busy(), [120, 12], UNICODE_LOOK, SELECTED)).toMatchInlineSnapshot(`
      "|┍ 7 Processes 214, 3 running ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ sort cpu ┑|
      |│     PID  USER       CPU %  LAST MIN       MEM    READ/S   WRITE/S       TIME  S COMMAND                              │|
      |│    4211  node        91.2  ████████   1.4 GiB         ·    0.1 MB    6:12:40  R node /srv/api/server.js --port 8443  │|
      |│▌   9377  root        62.0  ▅▅▅▅▅▅▅▅    48 MiB         ·   38.0 MB    0:18:31  D vacuum-logs --dir /var/log --keep a… │|
      |│    1207  postgres    44.7  ▄▄▄▄▄▄▄▄   8.4 GiB                       41:10:02  S postgres: shop shop 10.0.4.12(50214… │|
      |│   20114  ops            ·              71 MiB                              ·  S healthtop                            │|
      |│ 4194303  root           ·  ▁▁▁▁▁▁▁▁         ·                          166 d  S [kworker/0:1]                        │|
      |│                                                                                                                      │|
      |│                                                                                                                      │|
      |│                                                                                                                      │|
      |│                                                                                                                      │|
      |╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯|"
    `)
  })
  test('80x7', () => {
    expect(panelText(processes, busy(), [80, 7], OPEN_LOOK, SELECTED)).toMatchInlineSnapshot(`
      "| 7 Processes 214 ━━ CPU % ━━━━━ MEM ━ WRITE/S  S COMMAND ━━━━━━━━━━━━━━━━━━━━━━━|
      |    4211  node       91.2   1.4 GiB    0.1 MB  R node /srv/api/server.js --por… |
      |▌   9377  root       62.0    48 MiB   38.0 MB  D vacuum-logs --dir /var/log --… |
      |    1207  postgres   44.7   8.4 GiB            S postgres: shop shop 10.0.4.12… |
      |   20114  ops           ·    71 MiB            S healthtop                      |
      | 4194303  root          ·         ·            S [kworker/0:1]                  |
      |                                                                                |"
    `)
  })
  test('80x7 in ASCII', () => {
    expect(panelText(processes, busy(), [80, 7], ASCII_LOOK, SELECTED)).toMatchInlineSnapshot(`
      "| 7 Processes 214 == CPU % ===== MEM = WRITE/S  S COMMAND =======================|
      |    4211  node       91.2   1.4 GiB    0.1 MB  R node /srv/api/server.js --por~ |
      |>   9377  root       62.0    48 MiB   38.0 MB  D vacuum-logs --dir /var/log --~ |
      |    1207  postgres   44.7   8.4 GiB            S postgres: shop shop 10.0.4.12~ |
      |   20114  ops           .    71 MiB            S healthtop                      |
      | 4194303  root          .         .            S [kworker/0:1]                  |
      |                                                                                |"
    `)
  })
  test('60x6', () => {
    expect(panelText(processes, busy(), [60, 6], OPEN_LOOK, SELECTED)).toMatchInlineSnapshot(`
      "| 7 Processes 214 ━━ CPU % ━━━━━ MEM  COMMAND ━━━━━━━━━━━━━━━|
      |    4211  node       91.2   1.4 GiB  node /srv/api/server.… |
      |▌   9377  root       62.0    48 MiB  vacuum-logs --dir /va… |
      |    1207  postgres   44.7   8.4 GiB  postgres: shop shop 1… |
      |   20114  ops           ·    71 MiB  healthtop              |
      | 4194303  root          ·         ·  [kworker/0:1]          |"
    `)
  })
  test('full view at 120x16: more columns, and the selected command whole', () => {
    const long = processRow({ pid: 77, command: `/opt/run ${'--option value '.repeat(20)}` })
    const frame = busy({ processes: answerOf([...ROWS, long]) })
    expect(
      panelText(processes, frame, [120, 16], UNICODE_LOOK, { focused: true, full: true, selected: 5 }),
    ).toMatchInlineSnapshot(`
      "|┍ 7 Processes 214, 3 running ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ sort cpu ┑|
      |│     PID  USER      CPU %  LAST MIN       MEM    READ/S   WRITE/S  WAIT %       TIME  S COMMAND                       │|
      |│    4211  node       91.2  ████████   1.4 GiB         ·    0.1 MB            6:12:40  R node /srv/api/server.js --po… │|
      |│    9377  root       62.0  ▅▅▅▅▅▅▅▅    48 MiB         ·   38.0 MB            0:18:31  D vacuum-logs --dir /var/log -… │|
      |│    1207  postgres   44.7  ▄▄▄▄▄▄▄▄   8.4 GiB                               41:10:02  S postgres: shop shop 10.0.4.1… │|
      |│   20114  ops           ·              71 MiB                                      ·  S healthtop                     │|
      |│ 4194303  root          ·  ▁▁▁▁▁▁▁▁         ·                                  166 d  S [kworker/0:1]                 │|
      |│▌     77  root          ·                   ·                                      ·  S run --option value --option … │|
      |│                                                                                                                      │|
      |│                                                                                                                      │|
      |│                                                                                                                      │|
      |│                                                                                                                      │|
      |│ ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────── │|
      |│ 77 run --option value --option value --option value --option value --option value --option value --option value --op │|
      |│ tion value --option value --option value --option value --option value --option value --option value --option value… │|
      |╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯|"
    `)
  })
})

describe('states', () => {
  test('the first second has its heading and a mark where rows will stand', () => {
    expect(panelText(processes, firstSecond(), [80, 3], OPEN_LOOK)).toMatchInlineSnapshot(`
      "| 7 Processes ────── CPU % ───── MEM ─ WRITE/S  S COMMAND ───────────────────────|
      | ⋯                                                                              |
      |                                                                                |"
    `)
  })
  test('a failure says so where the rows would be', () => {
    const frame = firstSecond({ failures: { processes: 'EACCES /proc' } })
    expect(panelText(processes, frame, [80, 2], OPEN_LOOK)).toContain('not measured: EACCES /proc')
  })
  test('old rows stay, and the heading says how old they are', () => {
    const late = { ...busy(), wallMs: NOW + 12_000 }
    expect(panelText(processes, late, [120, 4], UNICODE_LOOK)).toContain('◌ no answer 12 s')
    const restarting = { name: 'host', state: 'restarting', sinceMs: NOW, restarts: 1 } as const
    expect(panelText(processes, { ...late, health: [restarting] }, [120, 4], UNICODE_LOOK)).toContain(
      '◌ measuring stopped 12 s ago, starting again',
    )
    expect(panelText(processes, { ...busy(), wallMs: NOW + 4000 }, [120, 4], UNICODE_LOOK)).not.toContain('◌')
  })
  test('a filter stands in the heading with what it leaves, and a cursor while it is typed', () => {
    const frame = busy({ processes: answerOf(ROWS.slice(2, 3), { matched: 12 }) })
    const heading = (filter: string, editing: boolean, look = UNICODE_LOOK) =>
      panelText(processes, frame, [120, 4], look, { processes: typing(filter, editing) }).split('\n')[0]
    expect(heading('post', true)).toContain(' 7 Processes /post▏ 12 of 214 ')
    expect(heading('post', false)).toContain(' 7 Processes /post 12 of 214 ')
    expect(heading('', true)).toContain(' 7 Processes /▏ 12 of 214 ')
    expect(heading('', true, ASCII_LOOK)).toContain(' 7 Processes /_ 12 of 214 ')
    expect(heading('a filter much too long for a heading of any width', true)).toContain(
      '/…much too long for a heading of any width▏ 12 of',
    )
  })
  test('those that ended are none of what a filter leaves, and one that is wrong leaves all', () => {
    const frame = busy({ processes: answerOf(ROWS, { matched: 12, ended: 5 }) })
    const heading = (filter: string) =>
      panelText(processes, frame, [120, 4], UNICODE_LOOK, { processes: typing(filter, true) }).split('\n')[0]
    expect(heading('sleep')).toContain(' /sleep▏ 7 of 214 ')
    expect(heading('cpu>x')).toMatch(/ \/cpu>x▏ {2}▲ .+ 214, 3 running /)
  })
  test('what is typed is seen at any width; what is wrong with it is cut, the count goes', () => {
    const heading = (columns: number, filter: string) =>
      panelText(processes, busy(), [columns, 6], OPEN_LOOK, { processes: typing(filter, true) }).split('\n')[0]
    expect(heading(60, 'cpu>abc')).toMatch(/^\| 7 Processes \/cpu>abc▏ {2}▲ expected [^…]+… ─*\|$/)
    expect(heading(60, 'a filter much too long for any heading')).toContain('much too long for any heading▏')
    expect(heading(30, 'cpu>abc')).toContain(' 7 Processes /cpu>abc▏ ')
    expect(heading(30, 'state:R and more')).toContain('more▏')
  })
  test('what is tagged, followed and arranged stands beside what the rows are sorted by, as far as there is room', () => {
    const view = { ...PLAIN, tagged: ROWS.slice(0, 2), arrange: 'tree' as const }
    const heading = (columns: number) =>
      panelText(processes, busy(), [columns, 4], UNICODE_LOOK, { processes: view }).split('\n')[0]
    expect(heading(120)).toContain('─ 2 tagged  tree  sort cpu ╮')
    expect(heading(54)).toContain('─ 2 tagged  tree ╮')
    expect(heading(46)).toContain('─ 2 tagged ╮')
  })
  test('of those that ended who they were is left, and nothing of what they used', () => {
    const ended = { ...(ROWS[0] as (typeof ROWS)[number]), mark: 'ended' as const }
    const group = processRow({ kind: 'group', pid: 0, name: 'unknown user', count: 0, state: '?' })
    const lines = panelText(processes, busy({ processes: answerOf([ended, group]) }), [120, 5], UNICODE_LOOK).split(
      '\n',
    )
    expect(lines[2]).toMatch(/^\|│− {3}4211 {2}node {40,}6:12:40 {4}\S+ .*│\|$/)
    expect(lines[2]).not.toMatch(/ R |91\.2|GiB|MB/)
    expect(lines[3]?.replace(/ +/g, ' ')).toBe('|│ unknown user ended │|')
  })
  test('a filter that matches nothing says so', () => {
    const frame = busy({ processes: answerOf([], { matched: 0 }) })
    expect(panelText(processes, frame, [80, 3], OPEN_LOOK, { processes: typing('xyz', false) })).toMatchInlineSnapshot(`
      "| 7 Processes /xyz 0 of 214 ──── MEM ─ WRITE/S  S COMMAND ───────────────────────|
      | no process matches "xyz"  Esc clears                                           |
      |                                                                                |"
    `)
  })
  test('rows of another offset stand where they belong', () => {
    const frame = busy({ processes: answerOf(ROWS, { offset: 10 }) })
    const lines = panelText(processes, frame, [120, 6], UNICODE_LOOK, { offset: 12 }).split('\n')
    expect(lines[2]).toContain('postgres: shop')
    const above = panelText(processes, frame, [120, 6], UNICODE_LOOK, { offset: 8 }).split('\n')
    expect(above[2]).not.toContain('node')
    expect(above[4]).toContain('node /srv')
  })
  test('the heading tells what the rows are sorted by, the rule only what its labels cannot', () => {
    const heading = (look: typeof OPEN_LOOK, view: object) =>
      panelText(processes, busy(), [80, 4], look, view).split('\n')[0]
    expect(heading(UNICODE_LOOK, { processes: { ...PLAIN, sort: 'memory', reverse: true } })).toContain(
      ' sort memory reversed ',
    )
    expect(heading(OPEN_LOOK, { processes: { ...PLAIN, sort: 'memory' } })).not.toContain('sort')
    expect(heading(OPEN_LOOK, { processes: { ...PLAIN, sort: 'started' } })).toContain(' sort started ')
  })
})

function cellStyles(selected: Partial<typeof VIEW>) {
  const { grid, surface } = canvas(120, 12)
  const view = { ...VIEW, ...selected }
  processes.paint(surface, processes.select(busy(), view), UNICODE_LOOK, view)
  const at = (y: number, text: string) => {
    const x = grid.rowText(y).indexOf(text)
    expect(x).toBeGreaterThan(0)
    return grid.styles[y * 120 + x] as number
  }
  return { grid, at }
}

test('only what stands out is coloured', () => {
  const { at } = cellStyles({})
  expect([foreground(at(2, '91.2')), isBold(at(2, '91.2'))]).toEqual(['cpu', true])
  expect(foreground(at(4, '44.7'))).toBe('text')
  expect([foreground(at(4, '8.4')), isBold(at(4, '8.4'))]).toEqual(['mem', true])
  expect(foreground(at(2, '1.4'))).toBe('text')
  expect(foreground(at(4, 'GiB'))).toBe('dim')
  expect(foreground(at(3, 'root'))).toBe('dim')
  expect(foreground(at(4, 'postgres'))).toBe('text')
  expect(foreground(at(2, '4211'))).toBe('dim')
  expect([foreground(at(2, 'node /srv')), isBold(at(2, 'node /srv'))]).toEqual(['bright', true])
  expect(foreground(at(2, '/srv'))).toBe('dim')
  expect([foreground(at(1, 'CPU')), isBold(at(1, 'CPU'))]).toEqual(['accent', true])
})

test('of groups only the one that writes most stands out', () => {
  const group = (name: string, write: number) =>
    processRow({ kind: 'group', pid: 0, name, count: 2, writeBytesPerSecond: write })
  const { grid, surface } = canvas(120, 6)
  const frame = busy({ processes: answerOf([group('node', 200_000), group('bash', 50_500_000)]) })
  processes.paint(surface, processes.select(frame, VIEW), UNICODE_LOOK, VIEW)
  const hue = (y: number, text: string) => foreground(grid.styles[y * 120 + grid.rowText(y).indexOf(text)] as number)
  expect([hue(2, '0.2 MB'), hue(3, '50.5 MB')]).toEqual(['text', 'disk'])
})

test('the selection is shown in the focused panel only', () => {
  const marked = ({ grid }: ReturnType<typeof cellStyles>) => [
    ...new Set(
      [...grid.styles].flatMap((packed, i) => (background(packed) === 'selected' ? [Math.floor(i / 120)] : [])),
    ),
  ]
  expect(marked(cellStyles({ focused: true, selected: 2 }))).toEqual([4])
  expect(marked(cellStyles({ selected: 2 }))).toEqual([])
})

test('the program is named without its folder, a kernel thread as it is', () => {
  const command = (parts: object) => commandSegments(processRow(parts)).map(({ text }) => text)
  expect(command({ command: '/usr/lib/systemd/systemd --system' })).toEqual(['systemd', ' --system'])
  expect(command({ command: '/bin/sh' })).toEqual(['sh', ''])
  expect(command({ command: '[kworker/0:1]', kernel: true })).toEqual(['[kworker/0:1]'])
  expect(command({ command: '', name: 'gone' })).toEqual(['gone', ''])
  expect(command({ command: '/ odd', name: 'odd' })).toEqual(['/', ' odd'])
})

test('numbers fit their columns whatever they are', () => {
  const text = (id: 'cpu' | 'time' | 'memory', parts: object) => {
    const cell = processCell(id, processRow(parts), OPEN_LOOK, { largestPid: undefined, nowMs: NOW })
    return typeof cell === 'function' ? '' : cell.map((part) => part.text).join('')
  }
  expect(text('cpu', { cpuRatio: 0.0004 })).toBe('·')
  expect(text('cpu', { cpuRatio: 0.0006 })).toBe('0.1')
  expect(text('cpu', { cpuRatio: 9.9994 })).toBe('999.9')
  expect(text('cpu', { cpuRatio: 64 })).toBe('6400')
  expect(text('cpu', { cpuRatio: Number.NaN })).toBe('')
  expect(text('time', { cpuSeconds: 0.4 })).toBe('·')
  expect(text('time', { cpuSeconds: 999 * 3600 + 3599 })).toBe('999:59:59')
  expect(text('time', { cpuSeconds: 1000 * 3600 })).toBe('41 d')
  expect(text('memory', { memoryBytes: 0 })).toBe('·')
})

test('a history is as wide as its column, the newest at the right', () => {
  const unknown = (count: number) => new Array<number>(count).fill(Number.NaN)
  expect(historyValues([], 8)).toEqual(unknown(8))
  expect(historyValues([1, 1], 8)).toEqual([...unknown(7), 1])
  expect(historyValues([3, 0, 0, 0, 0, 0.5, 0.5, 0, 0], 8)).toEqual([...unknown(5), 3, 0, 0.25])
  expect(historyValues(new Array<number>(30).fill(2), 8)).toEqual(new Array<number>(8).fill(2))
})

test('names of any script keep the columns in place', () => {
  const names = ['日本語ユーザー', '🚀🚀🚀🚀🚀🚀', 'e\u0301e\u0301e\u0301\u0301\u0301xyz', 'plain']
  const rows = names.map((name, i) =>
    processRow({ pid: i + 1, user: name, name, command: `${name} ${name}`, cpuRatio: 0.123, memoryBytes: 2 ** 30 }),
  )
  const { grid, surface } = canvas(120, 8)
  processes.paint(surface, processes.select(busy({ processes: answerOf(rows) }), VIEW), UNICODE_LOOK, VIEW)
  const cpuAt = grid.rowText(1).indexOf('CPU %') + 1
  for (let y = 2; y < 6; y++) {
    expect(grid.chars.slice(y * 120 + cpuAt, y * 120 + cpuAt + 4).join('')).toBe('12.3')
    expect(grid.chars[y * 120 + 119]).toBe('│')
  }
})

test('rows tells how many a surface shows', () => {
  const view = { ...VIEW, full: true }
  const data = processes.select(busy(), VIEW)
  expect(processes.rows?.(data, { columns: 120, rows: 12 }, UNICODE_LOOK, VIEW)).toEqual({ total: 214, visible: 9 })
  expect(processes.rows?.(data, { columns: 80, rows: 7 }, OPEN_LOOK, VIEW)).toEqual({ total: 214, visible: 6 })
  expect(processes.rows?.(data, { columns: 120, rows: 36 }, UNICODE_LOOK, view)).toEqual({ total: 214, visible: 30 })
  expect(processes.rows?.(data, { columns: 1, rows: 1 }, UNICODE_LOOK, VIEW)).toEqual({ total: 214, visible: 0 })
})

test('any rows at any size leave nothing but printable cells', () => {
  const row = fc
    .record({
      pid: fc.integer({ min: 1, max: 4194304 }),
      user: fc.string({ unit: 'grapheme', maxLength: 20 }),
      command: fc.string({ unit: 'grapheme', maxLength: 60 }),
      state: fc.constantFrom('R', 'S', 'D', 'Z'),
      cpuRatio: fc.double({ min: 0, max: 256 }),
      cpuSeconds: fc.double({ min: 0, max: 1e9, noNaN: true }),
      memoryBytes: fc.double({ min: 0, max: 1e16, noNaN: true }),
      history: fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 30 }),
      kernel: fc.boolean(),
    })
    .map((parts) => processRow({ ...parts, user: safeText(parts.user), command: safeText(parts.command) }))
  const view = fc.record({
    focused: fc.boolean(),
    full: fc.boolean(),
    selected: fc.nat(40),
    offset: fc.nat(40),
    processes: fc
      .tuple(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.boolean())
      .map(([filter, editing]) => typing(filter, editing)),
  })
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 30 }),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 120 }),
      fc.constantFrom(UNICODE_LOOK, OPEN_LOOK, ASCII_LOOK),
      view,
      (rows, columns, height, look, parts) => {
        const { grid, surface } = canvas(columns, height)
        const whole = { ...VIEW, ...parts }
        const frame = busy({ processes: answerOf(rows, { matched: rows.length }) })
        processes.paint(surface, processes.select(frame, whole), look, whole)
        expect(isPrintable(grid)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})
