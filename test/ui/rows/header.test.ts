import { describe, expect, test } from 'vitest'
import { header } from '../../../src/ui/rows/header.ts'
import type { ModeOptions } from '../../../src/ui/rows/mode.ts'
import { foreground, isBold } from '../../../src/ui/screen/style.ts'
import {
  ASCII_LOOK,
  answerOf,
  canvas,
  firstSecond,
  NOW,
  OPEN_LOOK,
  quiet,
  rowText,
  trouble,
  UNICODE_LOOK,
  valuesOf,
} from '../lists.ts'

const LIVE: ModeOptions = { mode: 'live', nowMs: NOW }
const PAUSED: ModeOptions = { mode: 'paused', nowMs: NOW + 27_000 }

const row = (columns: number, frame = trouble(), options = LIVE, look = columns >= 100 ? UNICODE_LOOK : OPEN_LOOK) =>
  rowText(columns, (surface) => header(surface, frame, look, options))

const WITH_PROCESSES = trouble({ processes: answerOf([]) })

describe('in trouble, quiet, in the first second, paused and stale', () => {
  test.each([200, 120, 100, 80, 60])('at %i columns', (columns) => {
    const frames = [
      row(columns, WITH_PROCESSES),
      row(columns, quiet()),
      row(columns, firstSecond()),
      row(columns, trouble(), PAUSED),
      row(columns, trouble(), { mode: 'live', nowMs: NOW + 41_000 }),
    ]
    expect(frames.join('\n')).toMatchSnapshot()
  })
  test('in ASCII', () => {
    expect(row(80, trouble(), LIVE, ASCII_LOOK)).toBe(
      '| web-03  load 3.21 2.84 2.12      X 1 critical  ! 2 warnings   * LIVE  14:32:07 |',
    )
  })
})

test('an alert moves nothing: facts stand where they stood', () => {
  for (const columns of [200, 120, 100, 80]) {
    const left = (text: string) => text.slice(0, text.indexOf('2.12'))
    expect(left(row(columns, trouble()))).toBe(left(row(columns, quiet())))
  }
})

test('the load takes the same columns however high it is', () => {
  const loads = (value: number) =>
    row(80, quiet({ metrics: valuesOf({ load_1m: value, load_5m: value, load_15m: value }) }))
  expect(loads(0.5)).toContain('load 0.50 0.50 0.50 ')
  expect(loads(9.996)).toContain('load 10.0 10.0 10.0 ')
  expect(loads(123.4)).toContain('load  123  123  123 ')
})

test('a slow interval is not stale', () => {
  const late = { mode: 'live', nowMs: NOW + 20_000 } as const
  expect(row(80, quiet(), late)).toContain('⋯ STALE 20 s')
  expect(row(80, quiet(), { ...late, staleMs: 30_000 })).toContain('● LIVE')
})

test('what is not known is counted in its own words', () => {
  const frame = quiet({
    verdict: 'unknown',
    reasons: [{ verdict: 'unknown', subject: '/mnt', text: 'no answer', sinceMs: NOW }],
  })
  expect(row(80, frame)).toContain('◌ 1 not known ')
})

test('a long host name is cut before the verdict or the clock are lost', () => {
  const frame = trouble({ host: { name: 'a-very-long-host-name.with.a.domain.example.com' } })
  expect(row(60, frame)).toMatch(/^\| a-very-\S*… {2}✖ 1 {2}▲ 2 +● LIVE {2}14:32:07 \|$/)
  expect(row(80, frame)).toMatch(/^\| a-very-\S*… +✖ 1 critical {2}▲ 2 warnings +● LIVE {2}14:32:07 \|$/)
})

describe('in a container', () => {
  const container = { container: 'docker', cpuLimit: 2, memoryLimitBytes: 2 * 1024 ** 3 }
  const inside = (columns: number, facts: object = container) =>
    row(columns, quiet({ host: { ...quiet().host, ...facts } }))

  test('cores and memory are those of its limits', () => {
    expect(inside(200)).toContain('x86_64 · 2 of 8 cores · limit 2 GiB · docker · up 41 d 6 h   load')
    expect(inside(200, { ...container, cpuLimit: 0.5, memoryLimitBytes: 1.5 * 1024 ** 3 })).toContain(
      '0.5 of 8 cores · limit 1.5 GiB · docker',
    )
  })

  test('without limits it has what the machine has', () => {
    expect(inside(200, { container: 'docker' })).toContain('8 cores · 31 GiB · docker · up')
  })

  test('facts go where there is no room, and the row stays one row', () => {
    expect(inside(140)).toContain('web-03  2 of 8 cores · limit 2 GiB · docker · up 41 d 6 h   load')
    expect(inside(120)).toContain('web-03  2 of 8 cores · limit 2 GiB · docker   load')
    expect(inside(100)).not.toContain('docker')
    for (const columns of [60, 80, 100, 120, 140]) expect(inside(columns)).toContain('14:32:07 |')
  })
})

test('limits of a service are not those of the host', () => {
  const facts = { cpuLimit: 2, memoryLimitBytes: 1024 ** 3 }
  expect(row(200, quiet({ host: { ...quiet().host, ...facts } }))).toBe(row(200, quiet()))
})

test('it says that others’ processes are hidden', () => {
  const hidden = quiet({ host: { ...quiet().host, hidesProcesses: true } })
  expect(row(200, hidden)).toContain("31 GiB · others' processes hidden · up 41 d 6 h")
  expect(row(120, hidden)).toContain("others' processes hidden")
  expect(row(200, quiet({ host: { ...quiet().host, hidesProcesses: false } }))).toBe(row(200, quiet()))
})

test('colours: the host bright, the verdict in its severity, the mode in its own', () => {
  const { grid, surface } = canvas(120, 1)
  header(surface, trouble(), UNICODE_LOOK, LIVE)
  const look = (text: string) => {
    const packed = grid.styles[grid.rowText(0).indexOf(text)] as number
    return [foreground(packed), isBold(packed)]
  }
  expect(look('web-03')).toEqual(['bright', true])
  expect(look('Debian')).toEqual(['dim', false])
  expect(look('critical')).toEqual(['crit', false])
  expect(look('warnings')).toEqual(['warn', false])
  expect(look('LIVE')).toEqual(['ok', true])
})

test('another healthtop that measures is told where there is room', () => {
  const frame = trouble({ measurer: { pid: 812, command: 'run' } })
  expect(row(120, frame)).toMatch(/● LIVE {2}shows run 812 {2}14:32:07 \|$/)
  expect(row(120, frame)).toContain('✖ 1 critical  ▲ 2 warnings')
  // Rather than the load.
  expect(row(80, frame)).toMatch(/^\| web-03 .*✖ 1 critical {2}▲ 2 warnings {3}● LIVE {2}shows run 812 {2}14:32:07 \|$/)
  const dashboard = { ...frame, measurer: { pid: 4_194_304, command: 'dashboard' } } as const
  expect(row(80, dashboard)).toContain('● LIVE  shows 4194304  14:32:07')
  const long = { ...frame, host: { ...frame.host, name: 'a-rather-long-name-of-a-host' } }
  expect(row(80, long)).not.toContain('shows')
})
