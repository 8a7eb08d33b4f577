import { describe, expect, test } from 'vitest'
import { disks } from '../../../src/ui/panels/disks.ts'
import { frameOf } from '../../fixtures/frame.ts'
import { OPEN_LOOK, panelText, UNICODE_LOOK } from '../lists.ts'
import { fullRows, RICH } from './machines.ts'

const plain = (rows: readonly string[]) => rows.map((line) => line.replace(/[▁-█]+/g, '▅'))

test('home at 200 columns: room of mounts, and the busiest device', () => {
  expect(plain(panelText(disks, frameOf(), [84, 7], UNICODE_LOOK).split('\n')).slice(-3)).toMatchInlineSnapshot(`
    [
      "|│ /boot ━━━━━━━━━━━╸───────────────────────────────────┊──  23 %    0.2 of 1.0 GiB │|",
      "|│ sdb   ▅ write 39.4 MB/s  busy  82 %  stalled 12.4 % │|",
      "|╰──────────────────────────────────────────────────────────────────────────────────╯|",
    ]
  `)
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
