import { describe, expect, test } from 'vitest'
import type { LimitForecast } from '../../../src/model/forecast.ts'
import type { Look } from '../../../src/ui/paint/look.ts'
import { ahead } from '../../../src/ui/panels/ahead.ts'
import type { PanelView } from '../../../src/ui/panels/panel.ts'
import { background, foreground, isBold } from '../../../src/ui/screen/style.ts'
import { frameOf } from '../../fixtures/frame.ts'
import { AHEAD, heading, limitOf, spaceLimit } from '../../fixtures/limits.ts'
import { ASCII_LOOK, canvas, OPEN_LOOK, panelText, rowText, UNICODE_LOOK, VIEW } from '../lists.ts'

const HOME = [56, 13] as const
const at = (forecasts: readonly LimitForecast[], look: Look = UNICODE_LOOK, view: Partial<PanelView> = {}) =>
  panelText(ahead, frameOf({ forecasts }), HOME, look, view)

function full(columns: number, rows: number, look: Look = UNICODE_LOOK, view: Partial<PanelView> = {}): string {
  const whole = { ...VIEW, full: true, focused: true, ...view }
  return rowText(
    columns,
    (surface) => ahead.paintFull?.(surface, ahead.select(frameOf({ forecasts: AHEAD }), whole), look, whole),
    rows,
  )
}

describe('on the home screen', () => {
  test('56x13, as in the look', () => {
    expect(at(AHEAD)).toMatchInlineSnapshot(`
      "|╭ 8 Ahead ────────────────────────────── soonest first ╮|
      |│ /var 95 %    ─────────◆━─────────────────   3 h 10 m │|
      |│ /var 100 %   ──────────━◆────────────────   4 h 35 m │|
      |│ node 2 GiB   ──────────━◆━───────────────        5 h │|
      |│ memory 90 %  ─────────────────━━◆━━━━━━━━        2 d │|
      |│ shop.e… cert ───────────────────────◆────        9 d │|
      |│ node files   ───────────────────────━━◆━━       17 d │|
      |│ /home 95 %   ─────────────────────────━◆━       21 d │|
      |│              ┊     ┊   ┊     ┊     ┊    ┊            │|
      |│              10 m 1 h 4 h   1 d   1 w 1 mo           │|
      |│                                                      │|
      |│ last 24 h  94 % inside the 95 % band                 │|
      |╰──────────────────────────────────────────────────────╯|"
    `)
  })
  test('in ASCII', () => {
    expect(at(AHEAD, ASCII_LOOK)).toMatchInlineSnapshot(`
      "| 8 Ahead -------------------------------- soonest first |
      | /var 95 %     .........=#=.................   3 h 10 m |
      | /var 100 %    ..........=#=................   4 h 35 m |
      | node 2 GiB    ...........#==...............        5 h |
      | memory 90 %   ..................=#=========        2 d |
      | shop.ex~ cert ........................#....        9 d |
      | node files    ........................==#==       17 d |
      | /home 95 %    ..........................=#=       21 d |
      |               |     |    |     |     |    |            |
      |               |     |    |     |     |    |            |
      |               10 m 1 h  4 h   1 d   1 w 1 mo           |
      |                                                        |
      | last 24 h  94 % inside the 95 % band                   |"
    `)
  })
  test('a short list is followed by the lines of its axis', () => {
    expect(at(AHEAD.slice(0, 2))).toMatchInlineSnapshot(`
      "|╭ 8 Ahead ────────────────────────────── soonest first ╮|
      |│ /var 95 %    ─────────◆━─────────────────   3 h 10 m │|
      |│ /var 100 %   ──────────━◆────────────────   4 h 35 m │|
      |│              ┊     ┊   ┊     ┊     ┊    ┊            │|
      |│              ┊     ┊   ┊     ┊     ┊    ┊            │|
      |│              ┊     ┊   ┊     ┊     ┊    ┊            │|
      |│              ┊     ┊   ┊     ┊     ┊    ┊            │|
      |│              ┊     ┊   ┊     ┊     ┊    ┊            │|
      |│              ┊     ┊   ┊     ┊     ┊    ┊            │|
      |│              10 m 1 h 4 h   1 d   1 w 1 mo           │|
      |│                                                      │|
      |│ last 24 h  94 % inside the 95 % band                 │|
      |╰──────────────────────────────────────────────────────╯|"
    `)
  })
  test('what is urgent has its colour, everything else the hue of its resource', () => {
    const { surface, grid } = canvas(...HOME)
    ahead.paint(surface, ahead.select(frameOf({ forecasts: AHEAD }), VIEW), UNICODE_LOOK, VIEW)
    const cell = (y: number, x: number) => grid.styles[y * HOME[0] + x] as number
    const likely = (y: number) => {
      const x = grid.chars.slice(y * HOME[0], (y + 1) * HOME[0]).indexOf('◆')
      return foreground(cell(y, x))
    }
    expect([1, 2, 3, 4, 5, 6, 7].map(likely)).toEqual(['warn', 'disk', 'mem', 'mem', 'svc', 'svc', 'disk'])
    expect([foreground(cell(1, 2)), isBold(cell(1, 2)), foreground(cell(2, 2))]).toEqual(['bright', true, 'text'])
    expect([foreground(cell(1, 53)), foreground(cell(2, 53))]).toEqual(['warn', 'text'])
  })
  test('what is further than a month, steady or reached is not ahead', () => {
    const text = at([
      spaceLimit('/a', { time: heading(40 * 1440) }),
      spaceLimit('/b', { time: { kind: 'reached' } }),
      spaceLimit('/c', { time: heading(60) }),
      spaceLimit('/d'),
    ])
    expect(text).toContain('/c 95 %')
    expect(text).not.toMatch(/\/[abd] 95/)
  })
  test('scrolls, and says where one is', () => {
    const view = { ...VIEW, focused: true, selected: 5, offset: 2 }
    const { surface, grid, lines } = canvas(56, 10)
    const data = ahead.select(frameOf({ forecasts: AHEAD }), view)
    ahead.paint(surface, data, UNICODE_LOOK, view)
    expect(lines()[0]).toContain('3 – 6 of 7, soonest first')
    expect(lines()[1]).toContain('node 2 GiB')
    expect(lines()[4]).toMatch(/^│▌node files/)
    expect(background(grid.styles[4 * 56 + 10] as number)).toBe('selected')
    expect(ahead.rows?.(data, { columns: 56, rows: 10 }, UNICODE_LOOK, view)).toEqual({ total: 7, visible: 4 })
  })
  test('a selection beyond a list that became shorter is its last row', () => {
    expect(at(AHEAD.slice(0, 1), UNICODE_LOOK, { focused: true, selected: 6 })).toContain('│▌/var 95 %')
  })
})

describe('with nothing ahead it says what is really known', () => {
  test('nothing before there were enough samples', () => {
    const unknown = limitOf({ time: { kind: 'unknown' } })
    for (const forecasts of [[], [unknown]])
      expect(at(forecasts)).toContain('too few samples yet: forecasts begin after 30')
  })
  test('that nothing comes, when all was judged; that nothing is known to, else', () => {
    const judged = at([limitOf(), spaceLimit('/')])
    expect(judged).toContain('nothing reaches a limit within 24 h')
    expect(judged).toContain('2 steady')
    const some = at([limitOf(), limitOf({ series: 'swap_used_ratio', time: { kind: 'unknown' } })])
    expect(some).toContain('nothing is known to reach a limit within 24 h')
    expect(some).toContain('1 steady  1 not known yet')
  })
})

describe('in full', () => {
  test('120x20: everything that is watched, with what is known of the selected limit below', () => {
    expect(full(120, 20, UNICODE_LOOK, { selected: 1 })).toMatchInlineSnapshot(`
      "|┍ 8 Ahead ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 7 ahead  1 too soon to say  2 steady  1 not known yet ┑|
      |│ LIMIT              10 m  1 h   4 h    1 d    1 w 1 mo         IN      AT  RANGE                      GROWTH  IN BAND │|
      |│ /var 95 % full     ───────────━◆━────────────────────   3 h 10 m   17:42  2 h 40 m – 4 h 05 m      +3.5 %/h     94 % │|
      |│▌/var 100 % full    ────────────━◆━───────────────────   4 h 35 m   19:07  3 h 50 m – 5 h 50 m      +3.5 %/h     94 % │|
      |│ node 2 GiB limit   ─────────────◆━━──────────────────        5 h   19:32  4 h – 7 h              +123 MiB/h     97 % │|
      |│ memory 90 %        ─────────────────────━━◆━━━━━━━━━━        2 d  26 Nov  from 1 d on              +0.4 %/h     94 % │|
      |│ shop.example cert  ────────────────────────────◆─────        9 d   3 Dec                                             │|
      |│ node 4 096 files   ────────────────────────────━━━◆━━       17 d  11 Dec  9 d – over 30 d              +7/h     96 % │|
      |│ /home 95 % full    ───────────────────────────────━◆━       21 d  15 Dec  17 d – 27 d              +0.1 %/h     94 % │|
      |│ /data 95 % full                                         too soon                                   +2.0 %/h          │|
      |│ / 95 % full                                               steady                                                94 % │|
      |│ /boot 95 % full                                           steady                                                94 % │|
      |│ swap 80 %                                                                                                            │|
      |│                                                                                                                      │|
      |│                                                                                                                      │|
      |│                                                                                                                      │|
      |│                                                                                                                      │|
      |│                                                                                                                      │|
      |│ /var 100 % full at 19:07, now 83 %   vacuum-logs writes 38 MB/s   last 24 h 94 % inside the 95 % band                │|
      |╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯|"
    `)
  })
  test('200x16 has room for the value and the cause', () => {
    expect(full(200, 16)).toMatchInlineSnapshot(`
      "|┍ 8 Ahead ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 7 ahead  1 too soon to say  2 steady  1 not known yet ┑|
      |│ LIMIT                           10 m      1 h     4 h        1 d         1 w    1 mo         IN      AT  RANGE                       NOW      GROWTH  IN BAND  CAUSE                                 │|
      |│▌/var 95 % full                  ─────────────────━◆━────────────────────────────────   3 h 10 m   17:42  2 h 40 m – 4 h 05 m        83 %    +3.5 %/h     94 %  vacuum-logs writes 38 MB/s            │|
      |│ /var 100 % full                 ───────────────────━◆━━─────────────────────────────   4 h 35 m   19:07  3 h 50 m – 5 h 50 m        83 %    +3.5 %/h     94 %  vacuum-logs writes 38 MB/s            │|
      |│ node 2 GiB limit                ───────────────────━━◆━━────────────────────────────        5 h   19:32  4 h – 7 h                        +123 MiB/h     97 %                                        │|
      |│ memory 90 %                     ────────────────────────────────━━━◆━━━━━━━━━━━━━━━━        2 d  26 Nov  from 1 d on                71 %    +0.4 %/h     94 %  postgres holds 8.4 GiB                │|
      |│ shop.example certificate ends   ────────────────────────────────────────────◆───────        9 d   3 Dec                                                                                              │|
      |│ node 4 096 files                ────────────────────────────────────────────━━━━◆━━━       17 d  11 Dec  9 d – over 30 d                        +7/h     96 %                                        │|
      |│ /home 95 % full                 ────────────────────────────────────────────────━◆━─       21 d  15 Dec  17 d – 27 d                61 %    +0.1 %/h     94 %                                        │|
      |│ /data 95 % full                                                                        too soon                                             +2.0 %/h                                                 │|
      |│ / 95 % full                                                                              steady                                     45 %                 94 %                                        │|
      |│ /boot 95 % full                                                                          steady                                     23 %                 94 %                                        │|
      |│ swap 80 %                                                                                                                           20 %                                                             │|
      |│                                                                                                                                                                                                      │|
      |│ /var 95 % full at 17:42, now 83 %   vacuum-logs writes 38 MB/s   last 24 h 94 % inside the 95 % band                                                                                                 │|
      |╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯|"
    `)
  })
  test('80x18 without boxes', () => {
    expect(full(80, 18, OPEN_LOOK)).toMatchInlineSnapshot(`
      "| 8 Ahead ━━━━━━━━━━━━━━━ 10 m  1 h   4 h    1 d    1 w 1 mo ━━━━━━━ IN  IN BAND |
      |▌/var 95 % full          ───────────━◆━────────────────────   3 h 10 m     94 % |
      | /var 100 % full         ────────────━◆━───────────────────   4 h 35 m     94 % |
      | node 2 GiB limit        ─────────────◆━━──────────────────        5 h     97 % |
      | memory 90 %             ─────────────────────━━◆━━━━━━━━━━        2 d     94 % |
      | shop.example cert       ────────────────────────────◆─────        9 d          |
      | node 4 096 files        ────────────────────────────━━━◆━━       17 d     96 % |
      | /home 95 % full         ───────────────────────────────━◆━       21 d     94 % |
      | /data 95 % full                                              too soon          |
      | / 95 % full                                                    steady     94 % |
      | /boot 95 % full                                                steady     94 % |
      | swap 80 %                                                                      |
      |                                                                                |
      |                                                                                |
      |                                                                                |
      |                                                                                |
      |                                                                                |
      | /var 95 % full at 17:42, now 83 %   vacuum-logs writes 38 MB/s                 |"
    `)
  })
  test('60x12 in ASCII scrolls', () => {
    expect(full(60, 12, ASCII_LOOK, { selected: 10, offset: 1 })).toMatchInlineSnapshot(`
      "| 8 Ahead ============================== IN  IN BAND ========|
      | /var 100 % full                  4 h 35 m     94 %         |
      | node 2 GiB limit                      5 h     97 %         |
      | memory 90 %                           2 d     94 %         |
      | shop.example certificate ends         9 d                  |
      | node 4 096 files                     17 d     96 %         |
      | /home 95 % full                      21 d     94 %         |
      | /data 95 % full                  too soon                  |
      | / 95 % full                        steady     94 %         |
      | /boot 95 % full                    steady     94 %         |
      |>swap 80 %                                                  |
      | swap 80 %, now 20 %                                        |"
    `)
  })
  test('says what rows there are, and where the first of them is', () => {
    const view = { ...VIEW, full: true }
    const data = ahead.select(frameOf({ forecasts: AHEAD }), view)
    expect(ahead.rows?.(data, { columns: 120, rows: 20 }, UNICODE_LOOK, view)).toEqual({ total: 11, visible: 16 })
    expect(ahead.listTop?.(UNICODE_LOOK, view, 120, frameOf())).toBe(2)
    expect(ahead.listTop?.(OPEN_LOOK, view, 80, frameOf())).toBe(1)
  })
})
