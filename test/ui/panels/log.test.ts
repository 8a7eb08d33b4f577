import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeText } from '../../../src/lib/text.ts'
import { EVENT_KINDS } from '../../../src/model/event.ts'
import { log } from '../../../src/ui/panels/log.ts'
import { background, foreground, isBold } from '../../../src/ui/screen/style.ts'
import {
  ASCII_LOOK,
  canvas,
  firstSecond,
  isPrintable,
  NOW,
  OPEN_LOOK,
  panelText,
  quiet,
  trouble,
  UNICODE_LOOK,
  VIEW,
} from '../lists.ts'

describe('at the sizes of the home screen', () => {
  test('48x8', () => {
    expect(panelText(log, trouble(), [48, 8], UNICODE_LOOK, { focused: true, selected: 1 })).toMatchInlineSnapshot(`
      "|┍ 6 Log ━━━━━━━━━━━━━━━━━━━━━━━━━ newest first ┑|
      |│     14:29 ▲ swap 81 % > 80 %                 │|
      |│▌    14:20 ✖ memory 97 % > 95 %  java 8.4 GiB │|
      |│     14:02 ▸ worker started again     stopped │|
      |│     13:41 ● /home well again                 │|
      |│ Sun 13:32 ◌ /mnt/nas no answer               │|
      |│    15 Nov ▸ eth0 came up                     │|
      |╰──────────────────────────────────────────────╯|"
    `)
  })
  test('31x5', () => {
    expect(panelText(log, trouble(), [31, 5], OPEN_LOOK)).toMatchInlineSnapshot(`
      "| 6 Log ────────────────────────|
      | 14:29 ▲ swap 81 % > 80 %      |
      | 14:20 ✖ memory 97 % > 95 %    |
      | 14:02 ▸ worker started again  |
      | 13:41 ● /home well again      |"
    `)
  })
  test('31x5 in ASCII', () => {
    expect(panelText(log, trouble(), [31, 5], ASCII_LOOK, { focused: true })).toMatchInlineSnapshot(`
      "| 6 Log ========================|
      |>14:29 ! swap 81 % > 80 %      |
      | 14:20 X memory 97 % > 95 %    |
      | 14:02 - worker started again  |
      | 13:41 * /home well again      |"
    `)
  })
  test('82x9 shows seconds, and causes in a column', () => {
    expect(panelText(log, trouble(), [82, 9], UNICODE_LOOK)).toMatchInlineSnapshot(`
      "|╭ 6 Log ─────────────────────────────────────────────────────────── newest first ╮|
      |│  14:29:07 ▲ swap 81 % > 80 %                                                   │|
      |│  14:20:07 ✖ memory 97 % > 95 %          java 8.4 GiB                           │|
      |│  14:02:07 ▸ worker started again        stopped                                │|
      |│  13:41:07 ● /home well again                                                   │|
      |│ Sun 13:32 ◌ /mnt/nas no answer                                                 │|
      |│    15 Nov ▸ eth0 came up                                                       │|
      |│                                                                                │|
      |╰────────────────────────────────────────────────────────────────────────────────╯|"
    `)
  })
})

test('nothing yet is said', () => {
  expect(panelText(log, firstSecond(), [48, 3], UNICODE_LOOK)).toContain('nothing has happened yet')
})

test('a cause that does not fit is left out, or cut where it has a column', () => {
  const frame = quiet({
    events: [
      {
        wallMs: NOW,
        kind: 'alert',
        level: 'warning',
        subject: 'memory',
        text: '94 % used',
        cause: 'a cause too long for this place by far',
      },
    ],
  })
  expect(panelText(log, frame, [48, 3], UNICODE_LOOK)).not.toContain('cause')
  expect(panelText(log, frame, [76, 3], UNICODE_LOOK)).toContain('a cause too long for this place by… │')
})

test('it scrolls, and marks the selected event', () => {
  const { grid, surface } = canvas(48, 5)
  const view = { ...VIEW, focused: true, offset: 2, selected: 3 }
  log.paint(surface, log.select(trouble(), view), UNICODE_LOOK, view)
  expect(grid.rowText(1)).toContain('worker started again')
  expect(background(grid.styles[2 * 48 + 10] as number)).toBe('selected')
  expect(background(grid.styles[1 * 48 + 10] as number)).toBeUndefined()
})

test('the symbol alone has a severity colour; what merely happened has no bright subject', () => {
  const { grid, surface } = canvas(48, 8)
  log.paint(surface, log.select(trouble(), VIEW), UNICODE_LOOK, VIEW)
  const look = (y: number, text: string) => {
    const packed = grid.styles[y * 48 + grid.rowText(y).indexOf(text)] as number
    return [foreground(packed), isBold(packed)]
  }
  expect(look(2, '✖')).toEqual(['crit', false])
  expect(look(2, 'memory')).toEqual(['bright', true])
  expect(look(2, '97 %')).toEqual(['text', false])
  expect(look(2, 'java')).toEqual(['dim', false])
  expect(look(3, 'worker')).toEqual(['text', false])
})

test('an unchanged log is not painted again within a minute', () => {
  const frame = trouble()
  const at = (wallMs: number) => log.select({ ...frame, wallMs }, VIEW)
  const before = at(NOW)
  log.paint(canvas(100, 8).surface, before, UNICODE_LOOK, VIEW)
  const after = at(NOW + 10_000)
  expect(after.listed).toBe(before.listed)
  expect(after.nowMs).toBe(before.nowMs)
  expect(before.sight.isSameIn(after.sight)).toBe(true)
})

test('rows tells how many events there are and fit', () => {
  const data = log.select(trouble(), VIEW)
  expect(log.rows?.(data, { columns: 48, rows: 8 }, UNICODE_LOOK, VIEW)).toEqual({ total: 6, visible: 6 })
  expect(log.rows?.(data, { columns: 31, rows: 5 }, OPEN_LOOK, VIEW)).toEqual({ total: 6, visible: 4 })
})

test('any events at any size leave nothing but printable cells', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => safeText(text))
  const event = fc.record({
    wallMs: fc.integer({ min: 0, max: NOW }),
    kind: fc.constantFrom(...EVENT_KINDS),
    level: fc.constantFrom('critical', 'warning', 'ok', 'unknown', 'event'),
    subject: words,
    text: words,
    cause: words,
  })
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 30 }),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 120 }),
      fc.constantFrom(UNICODE_LOOK, OPEN_LOOK, ASCII_LOOK),
      fc.record({ focused: fc.boolean(), offset: fc.nat(30), selected: fc.nat(30) }),
      (events, columns, rows, look, parts) => {
        const { grid, surface } = canvas(columns, rows)
        const view = { ...VIEW, ...parts }
        log.paint(surface, log.select(quiet({ events }), view), look, view)
        expect(isPrintable(grid)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

test('a long subject leaves room for what happened to it', () => {
  const events = [
    {
      wallMs: NOW,
      kind: 'check',
      level: 'critical',
      subject: 'a name that goes on and on',
      text: 'down, no answer',
    } as const,
  ]
  expect(panelText(log, quiet({ events }), [48, 3], UNICODE_LOOK)).toContain('✖ a name that goes o… down, no answer ')
  expect(panelText(log, quiet({ events }), [82, 3], UNICODE_LOOK)).toContain('✖ a name that goes on and on down, no ')
})
