import { expect, test } from 'vitest'
import { now } from '../../../src/ui/rows/now.ts'
import { background, foreground } from '../../../src/ui/screen/style.ts'
import { ASCII_LOOK, canvas, firstSecond, NOW, OPEN_LOOK, quiet, rowText, trouble, UNICODE_LOOK } from '../lists.ts'

const row = (columns: number, frame = trouble(), look = columns >= 100 ? UNICODE_LOOK : OPEN_LOOK) =>
  rowText(columns, (surface) => now(surface, frame, look))
    .slice(1, -1)
    .trimEnd()

test('worst first, causes where there is room, the rest counted', () => {
  expect(row(200)).toBe(
    '  NOW   ✖ memory 97 % used 12 min  java holds 8.4 GiB   ▲ /var 84 % used 4 min  vacuum-logs writes 38 MB/s   ▲ swap 81 % used 3 min',
  )
  expect(row(120)).toBe(
    '  NOW   ✖ memory 97 % used 12 min  java holds 8.4 GiB   ▲ /var 84 % used 4 min   ▲ swap 81 % used 3 min',
  )
  expect(row(80)).toBe(' NOW   ✖ memory 97 % used 12 min   ▲ /var 84 % used 4 min   +1')
  expect(row(60)).toBe(' NOW   ✖ memory 97 % used 12 min  java holds 8.4 GiB   +2')
  expect(row(30)).toBe(' NOW   ✖ memory 97 % us…   +2')
  expect(row(80, trouble(), ASCII_LOOK)).toBe(' NOW   X memory 97 % used 12 min   ! /var 84 % used 4 min   +1')
})

test('all well says what was measured and no more', () => {
  expect(row(80, quiet())).toBe(' NOW   ● cpu, memory, 2 disks and 1 network well')
  expect(row(80, quiet({ interfaces: [], mounts: quiet().mounts.slice(1) }))).toBe(
    ' NOW   ● cpu, memory and 1 disk well',
  )
  const silent = quiet().mounts.map((mount) => ({ ...mount, answering: false }))
  expect(row(80, quiet({ mounts: silent }))).toBe(' NOW   ● cpu, memory and 1 network well')
})

test('nothing is called well before it is measured, nor when measuring stopped', () => {
  expect(row(80, firstSecond())).toBe(' NOW   ⋯')
  expect(row(80, quiet({ wallMs: NOW + 41_000 }))).toBe(' NOW   ◌ nothing measured for 41 s')
})

test.each([
  ['crit', trouble()],
  ['ok', quiet()],
  ['unknown', firstSecond()],
  ['unknown', quiet({ wallMs: NOW + 41_000 })],
  ['warn', trouble({ reasons: trouble().reasons.filter(({ verdict }) => verdict === 'warning') })],
] as const)('the badge is six cells in %s', (tone, frame) => {
  const { grid, surface } = canvas(120, 1)
  now(surface, frame, UNICODE_LOOK)
  const badge = [...grid.styles].flatMap((packed, x) => (background(packed) === tone ? [x] : []))
  expect(badge).toEqual([1, 2, 3, 4, 5, 6])
  expect(foreground(grid.styles[2] as number)).toBe('onBadge')
})
