import { describe, expect, test } from 'vitest'
import { disks } from '../../../src/ui/panels/disks.ts'
import { disk, type FrameParts, frameOf, mountOf, NOW, space } from '../../fixtures/frame.ts'
import { FILLING, heading, limitOf, spaceLimit } from '../../fixtures/limits.ts'
import { ASCII_LOOK, OPEN_LOOK, panelText, UNICODE_LOOK } from '../lists.ts'
import { coloursOf, fullRows, RICH } from './machines.ts'

const plain = (rows: readonly string[]) => rows.map((line) => line.replace(/[▁-█]+/g, '▅'))

test('home at 200 columns: room of mounts, and the busiest device', () => {
  expect(plain(panelText(disks, frameOf(), [84, 7], UNICODE_LOOK).split('\n')).slice(-3)).toMatchInlineSnapshot(`
    [
      "|│ /boot ━━━━━━───────────────────┊─  23 %    0.2 of 1.0 GiB                        │|",
      "|│ sdb   ▅ write 39.4 MB/s  busy  82 %  stalled 12.4 % │|",
      "|╰──────────────────────────────────────────────────────────────────────────────────╯|",
    ]
  `)
})

/** /var fills up, /home slowly; the backup does not answer. */
const filling = (parts: FrameParts = {}) =>
  frameOf({
    forecasts: FILLING,
    mounts: [
      ...['/', '/var', '/home', '/boot'].map((mount) => mountOf(mount)),
      mountOf('/bak', { type: 'nfs4', device: 'nas:/backup', answering: false, answeredMs: NOW - 41_000 }),
    ],
    values: space('/bak', 5.8 * 1024, 8 * 1024),
    ...parts,
  })

describe('when they will be full', () => {
  test.each([
    [84, 8, UNICODE_LOOK],
    [72, 8, UNICODE_LOOK],
    [60, 8, UNICODE_LOOK],
    [39, 6, OPEN_LOOK],
    [39, 6, ASCII_LOOK],
    [24, 6, OPEN_LOOK],
  ])('at home, %i columns and %i rows', (columns, rows, look) => {
    const text = panelText(disks, filling(), [columns, rows], look).replace(/[▁-█]+/g, '▅')
    expect(text).toMatchSnapshot()
  })
  test('the time has the colour of its severity, and so have the name, the share and the gauge', () => {
    const colours = (text: string) => coloursOf(disks, filling(), [72, 8], UNICODE_LOOK, text)
    expect([colours('3 h 10 m'), colours('83 %'), colours('/var'), colours('╍')]).toEqual([
      ['warn'],
      ['warn'],
      ['bright'],
      ['warn2'],
    ])
    expect([colours('21 d'), colours('61 %'), colours('steady')]).toEqual([['bright'], ['text'], ['dim', 'dim']])
  })
  test('what will be full within a day is shown first, however empty', () => {
    const first = (minutes: number) => {
      const forecasts = [spaceLimit('/boot', { time: heading(minutes) })]
      return /│ (\S+) /.exec(panelText(disks, frameOf({ forecasts }), [72, 7], UNICODE_LOOK))?.[1]
    }
    expect([first(1439), first(1442)]).toEqual(['/boot', '/var'])
  })
  test('inodes that are used up sooner are said', () => {
    const series = disk('inodes_used_ratio', '/var')
    const inodes = (minutes: number) => limitOf({ series, limit: '95 % of the inodes', time: heading(minutes) })
    const row = (minutes: number, columns: number) => {
      const frame = frameOf({ forecasts: [...FILLING, inodes(minutes)] })
      return panelText(disks, frame, [columns, 7], UNICODE_LOOK).split('\n')[1]
    }
    expect(row(60, 72)).toContain('  83 %    2.9 of 3.5 TiB             inodes 1 h │|')
    expect(row(60, 50)).toContain('  83 %  inodes 1 h │|')
    expect(row(200, 72)).toContain('+127 GiB/h   3 h 10 m │|')
  })
  test('of old values nothing is said', () => {
    const frame = filling({ measuredMs: { space: NOW - 60_000 } })
    const text = panelText(disks, frame, [72, 8], UNICODE_LOOK)
    expect(text).not.toMatch(/3 h 10 m|GiB\/h|steady|╍/)
  })
  test('a new forecast is another selection, another value alone is not', () => {
    const select = (parts: FrameParts) => disks.select(filling(parts), {} as never)
    expect(select({}).forecasts).toBe(select({ tick: 2 }).forecasts)
    expect(select({ forecasts: [] }).forecasts).not.toBe(select({}).forecasts)
  })

  describe('in full', () => {
    test.each([
      [120, 36, UNICODE_LOOK],
      [200, 56, UNICODE_LOOK],
      [80, 20, OPEN_LOOK],
      [80, 20, ASCII_LOOK],
      [60, 16, OPEN_LOOK],
    ])('heading and table at %ix%i', (columns, rows, look) => {
      const lines = fullRows(disks, filling(), [columns, rows], look)
      const table = lines.slice(lines.findIndex((line) => line.includes('Mounts')))
      expect([lines[0], ...table.slice(0, 7)].join('\n')).toMatchSnapshot()
    })
    test('sorted by when they will be full, then by how full they are', () => {
      const forecasts = [
        spaceLimit('/boot', { time: heading(40 * 1440) }),
        spaceLimit('/', { time: heading(2 * 1440) }),
      ]
      const rows = fullRows(disks, filling({ forecasts }), [120, 36], UNICODE_LOOK)
      const names = rows.flatMap((line) => /^│[▌ ](\/\S*) /.exec(line)?.[1] ?? [])
      expect(names).toEqual(['/', '/boot', '/var', '/bak', '/home'])
      expect(rows.find((line) => line.startsWith('│ /boot'))).toMatch(/ over 30 d {2}3 Jan +│$/)
    })
  })
})

describe('devices in full', () => {
  test('how many reads and writes, how long each took, how many waited', () => {
    const rows = fullRows(disks, frameOf({ values: RICH }), [120, 36], UNICODE_LOOK)
    expect(plain(rows.slice(-5))).toMatchInlineSnapshot(`
      [
        "╭ Devices ───────────────────────────────────────────────────────────────────────────────────────────────── last 2 min ╮",
        "│ DEVICE                                   READ/S    READS     EACH            WRITE/S   WRITES     EACH  QUEUE   BUSY │",
        "│ sda               ▅   0.1 MB                    ▅   0.2 MB                             1 % │",
        "│ sdb               ▅   1.2 MB       12   0.4 ms  ▅  39.4 MB      840    12 ms    3.0   82 % │",
        "╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯",
      ]
    `)
  })
  test('on a small screen they get what the mounts leave', () => {
    const rows = fullRows(disks, frameOf({ values: RICH }), [80, 20], OPEN_LOOK)
    expect(plain(rows.slice(-4))).toMatchInlineSnapshot(`
      [
        " Devices ─────────────────────────────────────────────────────────── last 2 min",
        " DEVICE      READ/S    READS     EACH   WRITE/S   WRITES     EACH  QUEUE   BUSY",
        " sda         0.1 MB                      0.2 MB                             1 %",
        " sdb         1.2 MB       12   0.4 ms   39.4 MB      840    12 ms    3.0   82 %",
      ]
    `)
  })
})
