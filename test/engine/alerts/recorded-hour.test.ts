import { expect, test } from 'vitest'
import { createEngine } from '../../../src/engine/engine.ts'
import type { Frame } from '../../../src/model/frame.ts'
import { START_MS } from '../samples.ts'
import { recordedHour } from './recorded-hour.ts'

const clock = (wallMs: number) => new Date(wallMs - START_MS).toISOString().slice(14, 19)

test('an hour in which a disk fills, a service fails and memory runs out is told as a person would have written it', () => {
  const engine = createEngine()
  let frame: Frame | undefined
  for (const batch of recordedHour()) frame = engine.accept(batch)
  const told = frame!.events
    .toReversed()
    .map(({ wallMs, level, subject, text, cause }) =>
      [clock(wallMs), level, subject, text, ...(cause === undefined ? [] : [`(${cause})`])].join(' '),
    )
  expect(told).toEqual([
    '00:00 event healthtop started watching',
    // 35 GB at 38 MB/s take 15 min 21 s: it is said when a minute of it has been seen, and held for ten seconds.
    '10:50 critical /var 95 % full in 15 min (vacuum-logs writes 38.0 MB/s)',
    // 95 % are there at 25:21, and a minute later that is no peak.
    '26:22 critical /var 96 % used (vacuum-logs writes 38.0 MB/s)',
    '30:00 ok /var well again (was 96 % for 4 min)',
    // The second failure in a row.
    '35:20 critical api down, refused by 127.0.0.1:80',
    '41:05 ok api well again (was down 6 min)',
    '46:40 warning memory 97 % used in 1 min (java grew by 5.0 GiB in 2 min)',
    '48:00 warning memory the kernel ended a process: memory ran out, of the machine or of a control group (java held 13 GiB)',
    '48:30 event memory forecast came true (was 99 % at its worst)',
  ])
  const records = frame!.records.map(({ alert, state, resolution }) => [alert.name, state, resolution])
  expect(records).toEqual([
    ['oom-kill', 'resolved', 'cleared'],
    ['memory-runs-out', 'resolved', 'reached'],
    ['check-down', 'resolved', 'cleared'],
    ['disk-full', 'resolved', 'cleared'],
    ['disk-fills-now', 'resolved', 'reached'],
  ])
})
