import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { encodeLine } from '../../src/log/encode.ts'
import { type Disk, systemDisk } from '../../src/log/write/disk.ts'
import { createLogWriter, type LogStatus, type LogWriterOptions } from '../../src/log/writer.ts'
import { measured, mounts, numbered, numbersIn, smallPlace, temporaryPlace, textsIn } from './places.ts'

const HOUR = Date.UTC(2026, 10, 25, 14)
const FILE = '2026-11-25T14.ndjson'

/** A writer, its clock, and what it told of itself. */
function writing(folder: string, parts: Partial<LogWriterOptions> = {}) {
  const clock = { wall: HOUR, mono: 0 }
  const told: LogStatus[] = []
  const writer = createLogWriter({
    folder,
    clock: { wallMs: () => clock.wall, monoMs: () => clock.mono },
    onStatus: (status) => told.push(status),
    retryMs: 20,
    ...parts,
  })
  return { writer, clock, told }
}

const failing = (code: string) => Object.assign(new Error(code), { code })

test('lines are in the file of the hour when they are reported as written', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'state', 'log')
  const { writer } = writing(folder)
  writer.append([numbered(1), numbered(2)])
  writer.append([numbered(3)])
  expect(await writer.flush()).toEqual({ written: 3 })
  const texts = [1, 2, 3].map((number) => `${encodeLine(numbered(number))}\n`).join('')
  expect(readFileSync(join(folder, FILE), 'utf8')).toBe(texts)
  expect(writer.status).toEqual({
    state: 'writing',
    lostLines: 0,
    leftOutLines: 0,
    bytes: texts.length,
  })
  expect(await writer.end(1000)).toEqual({ written: 3 })
  expect(writer.status.state).toBe('off')
})

test('nothing is made before there is something to write, nor after the end', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  const { writer } = writing(folder)
  writer.append([])
  expect(await writer.flush()).toEqual({ written: 0 })
  await writer.end(1000)
  writer.append([numbered(1)])
  expect(await writer.flush()).toEqual({ written: 0 })
  expect(readdirSync(place.path)).toEqual([])
  expect(writer.status).toMatchObject({ state: 'off', lostLines: 1 })
})

test('only the owner may enter the folder and read the file, whatever they were like', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  mkdirSync(folder)
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, FILE), '', { mode: 0o666 })
  chmodSync(join(folder, FILE), 0o666)
  const { writer, clock } = writing(folder)
  writer.append([numbered(1)])
  await writer.flush()
  clock.wall += 3_600_000
  writer.append([numbered(2)])
  await writer.flush()
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
})

test('a torn line of an earlier run costs only itself, wherever it was cut', async () => {
  using place = temporaryPlace()
  const text = encodeLine(numbered(2))
  for (let length = 0; length <= text.length; length++) {
    const folder = join(place.path, String(length))
    mkdirSync(folder)
    writeFileSync(join(folder, FILE), `${encodeLine(numbered(1))}\n${text.slice(0, length)}`)
    const { writer } = writing(folder)
    writer.append([numbered(3)])
    await writer.flush()
    writer.append([numbered(4)])
    await writer.flush()
    const whole = length === text.length
    expect(numbersIn(folder)).toEqual({
      numbers: whole ? [1, 2, 3, 4] : [1, 3, 4],
      torn: length > 0 && !whole ? 1 : 0,
    })
  }
})

test('a write that takes a part is followed by another, in the middle of a character too', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  const disk: Disk = { ...systemDisk, append: (fd, bytes) => systemDisk.append(fd, bytes.subarray(0, 7)) }
  const { writer } = writing(folder, { disk })
  writer.append([numbered(1), { ...numbered(2), text: '2 ÄÖÜ – …' }, numbered(3)])
  expect(await writer.flush()).toEqual({ written: 3 })
  expect(numbersIn(folder)).toEqual({ numbers: [1, 2, 3], torn: 0 })
})

test('a write that a signal interrupts is made again', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  let interruptions = 2
  const append: Disk['append'] = (fd, bytes) =>
    interruptions-- > 0 ? Promise.reject(failing('EINTR')) : systemDisk.append(fd, bytes)
  const { writer, told } = writing(folder, { disk: { ...systemDisk, append } })
  writer.append([numbered(1)])
  expect(await writer.flush()).toEqual({ written: 1 })
  expect(numbersIn(folder)).toEqual({ numbers: [1], torn: 0 })
  expect(told).toEqual([])
})

test('what a full disk cut off is completed when there is room again', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  let room = encodeLine(numbered(1)).length + 20
  const append: Disk['append'] = async (fd, bytes) => {
    const part = bytes.subarray(0, room)
    if (part.length === 0) throw failing('ENOSPC')
    room -= part.length
    return systemDisk.append(fd, part)
  }
  const { writer, told } = writing(folder, { disk: { ...systemDisk, append } })
  writer.append([numbered(1), numbered(2), numbered(3)])
  expect(await writer.flush()).toEqual({ written: 1 })
  expect(writer.status).toMatchObject({ state: 'failing', reason: 'no space left', lostLines: 0 })
  // One byte at a time: it stays full, and no attempt tears another line.
  for (let more = 0; more < 30; more++) {
    room += 1
    await writer.flush()
  }
  room = 1e6
  expect(await writer.flush()).toEqual({ written: 3 })
  expect(numbersIn(folder)).toEqual({ numbers: [1, 2, 3], torn: 0 })
  expect(told.map(({ state }) => state)).toEqual(['failing', 'writing'])
})

test('a torn line is written anew where its file is not as it was left', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  let room = 30
  const append: Disk['append'] = async (fd, bytes) => {
    if (room === 0) throw failing('ENOSPC')
    const count = await systemDisk.append(fd, bytes.subarray(0, room))
    room -= count
    return count
  }
  const { writer } = writing(folder, { disk: { ...systemDisk, append } })
  writer.append([numbered(1)])
  expect(await writer.flush()).toEqual({ written: 0 })
  appendFileSync(join(folder, FILE), 'somebody else')
  room = 1e6
  expect(await writer.flush()).toEqual({ written: 1 })
  expect(numbersIn(folder)).toEqual({ numbers: [1], torn: 1 })
})

test('a line that lacks its newline alone is written, and is not written twice', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  let room = encodeLine(numbered(1)).length
  const append: Disk['append'] = async (fd, bytes) => {
    if (room === 0) throw failing('EDQUOT')
    const count = await systemDisk.append(fd, bytes.subarray(0, room))
    room -= count
    return count
  }
  const { writer } = writing(folder, { disk: { ...systemDisk, append } })
  writer.append([numbered(1)])
  expect(await writer.flush()).toEqual({ written: 1 })
  room = 1e6
  writer.append([numbered(2)])
  expect(await writer.flush()).toEqual({ written: 2 })
  expect(numbersIn(folder)).toEqual({ numbers: [1, 2], torn: 0 })
})

test.each([
  ['ENOSPC', 'no space left'],
  ['EROFS', 'the file system is read-only'],
  ['EACCES', 'permission denied'],
  ['EIO', 'the disk has errors'],
  ['EWEIRD', 'EWEIRD'],
])('%s is told, tried again by itself, and nothing is lost', async (code, reason) => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  let broken = true
  const open: Disk['open'] = (path, mode) => (broken ? Promise.reject(failing(code)) : systemDisk.open(path, mode))
  const { writer, told } = writing(folder, { disk: { ...systemDisk, open } })
  mkdirSync(folder)
  writer.append([numbered(1)])
  await writer.flush()
  expect(told).toMatchObject([{ state: 'failing', reason, lostLines: 0 }])
  writer.append([numbered(2)])
  broken = false
  await vi.waitFor(() => expect(writer.status.state).toBe('writing'), 10_000)
  writer.append([numbered(3)])
  expect(await writer.flush()).toEqual({ written: 3 })
  expect(numbersIn(folder)).toEqual({ numbers: [1, 2, 3], torn: 0 })
})

test('a folder that vanishes is made again', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'state', 'log')
  const { writer, told } = writing(folder)
  writer.append([numbered(1)])
  await writer.flush()
  rmSync(join(place.path, 'state'), { recursive: true })
  writer.append([numbered(2)])
  await writer.flush()
  renameSync(folder, join(place.path, 'elsewhere'))
  writer.append([numbered(3)])
  await writer.flush()
  expect(numbersIn(folder)).toEqual({ numbers: [3], torn: 0 })
  expect(numbersIn(join(place.path, 'elsewhere'))).toEqual({ numbers: [2], torn: 0 })
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(told).toEqual([])
})

test('a file in place of the folder is told, and recovered from', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  writeFileSync(folder, 'mine')
  const { writer } = writing(folder)
  writer.append([numbered(1)])
  expect(await writer.flush()).toEqual({ written: 0 })
  expect(writer.status).toMatchObject({ state: 'failing', reason: 'there is a file where the folder should be' })
  expect(readFileSync(folder, 'utf8')).toBe('mine')
  rmSync(folder)
  expect(await writer.flush()).toEqual({ written: 1 })
  expect(numbersIn(folder)).toEqual({ numbers: [1], torn: 0 })
})

test.each([
  ['a FIFO', 'something else', (path: string, _other: string) => execFileSync('mkfifo', [path])],
  ['a link to somebody else’s file', 'a link', (path: string, other: string) => symlinkSync(other, path)],
  ['a folder', 'a folder', (path: string, _other: string) => mkdirSync(path)],
])('%s in place of the file is told, left alone, and recovered from', async (_, what, lay) => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  const other = join(place.path, 'other')
  mkdirSync(folder)
  writeFileSync(other, 'mine', { mode: 0o644 })
  lay(join(folder, FILE), other)
  const { writer } = writing(folder)
  writer.append([numbered(1)])
  expect(await writer.flush()).toEqual({ written: 0 })
  expect(writer.status).toMatchObject({ state: 'failing', reason: `there is ${what} where the file should be` })
  expect([readFileSync(other, 'utf8'), statSync(other).mode & 0o777]).toEqual(['mine', 0o644])
  rmSync(join(folder, FILE), { recursive: true })
  expect(await writer.flush()).toEqual({ written: 1 })
  expect(numbersIn(folder)).toEqual({ numbers: [1], torn: 0 })
})

test('lines go to the file of the hour by the clock, which may jump', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  const { writer, clock } = writing(folder)
  const steps = [0, 3_600_000, -3_600_000, 86_400_000, -86_400_000]
  for (const [index, step] of steps.entries()) {
    clock.wall += step
    writer.append([numbered(index)])
  }
  expect(await writer.flush()).toEqual({ written: 5 })
  const by = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8').split('\n').length - 1]),
  )
  expect(by).toEqual({ [FILE]: 3, '2026-11-25T15.ndjson': 1, '2026-11-26T14.ndjson': 1 })
  clock.wall = Number.NaN
  writer.append([numbered(9)])
  expect(writer.status.lostLines).toBe(1)
})

test.each<readonly [string, (path: string) => void]>([
  ['becomes a folder', (path) => mkdirSync(path)],
  ['becomes a FIFO', (path) => execFileSync('mkfifo', [path])],
  ['becomes a link', (path) => symlinkSync('/dev/null', path)],
])('an hour whose file %s in the middle of it is told, and its lines go to the next one', async (_, lay) => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  const { writer, clock, told } = writing(folder, { retryMs: 60_000 })
  writer.append([numbered(1)])
  await writer.flush()
  rmSync(join(folder, FILE))
  lay(join(folder, FILE))
  writer.append([numbered(2)])
  await writer.flush()
  expect(told).toMatchObject([{ state: 'failing' }])
  clock.wall += 3_600_000
  writer.append([numbered(3)])
  expect(await writer.flush()).toEqual({ written: 3 })
  expect(writer.status).toMatchObject({ state: 'writing', lostLines: 0 })
  expect(readFileSync(join(folder, '2026-11-25T15.ndjson'), 'utf8')).toBe(
    [2, 3].map((number) => `${encodeLine(numbered(number))}\n`).join(''),
  )
})

test('an hour whose file has errors is gone on without; a full disk is waited for, so that each hour has its lines', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  let code: string | undefined
  const open: Disk['open'] = (path, mode) =>
    code !== undefined && (code === 'ENOSPC' || path.endsWith(FILE))
      ? Promise.reject(failing(code))
      : systemDisk.open(path, mode)
  const { writer, clock } = writing(folder, { disk: { ...systemDisk, open }, retryMs: 60_000 })
  writer.append([numbered(1)])
  await writer.flush()
  code = 'ENOSPC'
  writer.append([numbered(2)])
  clock.wall += 3_600_000
  writer.append([numbered(3)])
  expect(await writer.flush()).toEqual({ written: 1 })
  code = 'EIO'
  expect(await writer.flush()).toEqual({ written: 3 })
  expect(numbersIn(folder)).toEqual({ numbers: [1, 2, 3], torn: 0 })
  code = 'ENOSPC'
  writer.append([numbered(4)])
  clock.wall += 3_600_000
  writer.append([numbered(5)])
  await writer.flush()
  code = undefined
  expect(await writer.flush()).toEqual({ written: 5 })
  const lengths = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8').split('\n').length - 1)
  expect(lengths).toEqual([1, 3, 1])
})

test('a file that is deleted, replaced or made unreadable while it is written is gone on with', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  const { writer, told } = writing(folder)
  const path = join(folder, FILE)
  writer.append([numbered(1)])
  await writer.flush()
  chmodSync(path, 0o200)
  writer.append([numbered(2)])
  await writer.flush()
  const mended = process.getuid?.() === 0
  if (mended) expect(statSync(path).mode & 0o777).toBe(0o600)
  else {
    expect(told).toMatchObject([{ state: 'failing', reason: 'permission denied' }])
    chmodSync(path, 0o600)
    await writer.flush()
  }
  expect(numbersIn(folder)).toEqual({ numbers: [1, 2], torn: 0 })
  rmSync(path)
  writer.append([numbered(3)])
  await writer.flush()
  expect(numbersIn(folder)).toEqual({ numbers: [3], torn: 0 })
  // Somebody's copy without its last newline.
  writeFileSync(join(place.path, 'copy'), encodeLine(numbered(3)))
  renameSync(join(place.path, 'copy'), path)
  writer.append([numbered(4)])
  expect(await writer.flush()).toEqual({ written: 4 })
  expect(numbersIn(folder)).toEqual({ numbers: [3, 4], torn: 0 })
})

test('one hour alone stays below its size, in a storm that goes on, whatever was there before', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  const sizeBytes = 1024 ** 2
  mkdirSync(folder)
  writeFileSync(join(folder, FILE), `${encodeLine(numbered(-1, 100_000))}\n`)
  const { writer, clock } = writing(folder, { sizeBytes })
  const seconds = 1800
  for (let second = 0; second < seconds; second++) {
    clock.wall += 2000
    const happened = Array.from({ length: 10 }, (_, index) => numbered(second * 10 + index, 400))
    writer.append(happened.map((line) => ({ ...line, event: 'check' })))
    writer.append([measured(second, 3000)])
    if (second % 100 === 0) await writer.flush()
  }
  await writer.flush()
  const { size } = statSync(join(folder, FILE))
  expect(size).toBeLessThan(0.75 * sizeBytes + 100_000)
  expect(size).toBeGreaterThan(sizeBytes / 2)
  const { numbers, torn } = numbersIn(folder)
  expect(torn).toBe(0)
  const { leftOutLines, lostLines } = writer.status
  expect([numbers.length - 1 + leftOutLines, lostLines]).toEqual([11 * seconds, 0])
})

test('a disk that hangs holds nobody up, is told of, and gets all of it when it is back', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  let release = () => {}
  const hang = new Promise<void>((resolve) => {
    release = resolve
  })
  let writes = 0
  const append: Disk['append'] = async (fd, bytes) => {
    writes++
    await hang
    return systemDisk.append(fd, bytes)
  }
  const { writer, clock, told } = writing(folder, { disk: { ...systemDisk, append } })
  writer.append([numbered(1)])
  await vi.waitFor(() => expect(writes).toBe(1), 10_000)
  for (let number = 2; number <= 100; number++) writer.append([numbered(number)])
  clock.mono += 11_000
  writer.append([numbered(101)])
  expect(told).toMatchObject([{ state: 'failing', reason: 'the disk does not answer' }])
  expect(writes).toBe(1)
  release()
  expect(await writer.flush()).toEqual({ written: 101 })
  expect(writes).toBe(2)
  expect(writer.status).toMatchObject({ state: 'writing', lostLines: 0 })
  expect(numbersIn(folder).numbers).toEqual(Array.from({ length: 101 }, (_, index) => index + 1))
})

test('the end waits no longer than it is told to', async () => {
  const never = new Promise<number>(() => {})
  using place = temporaryPlace()
  const { writer } = writing(join(place.path, 'log'), { disk: { ...systemDisk, append: () => never } })
  writer.append([numbered(1)])
  writer.append([numbered(2)])
  expect(await writer.end(50)).toEqual({ written: 0 })
  expect(writer.status).toMatchObject({ state: 'off', lostLines: 2 })
})

test('while nothing can be written, what was measured is given up first, and alerts and events last', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  let broken = true
  const open: Disk['open'] = (path, mode) => (broken ? Promise.reject(failing('ENOSPC')) : systemDisk.open(path, mode))
  const { writer } = writing(folder, { disk: { ...systemDisk, open }, retryMs: 60_000 })
  mkdirSync(folder)
  const metrics = Array.from({ length: 100 }, (_, index) => measured(index, 10_000))
  const events = Array.from({ length: 60 }, (_, index) => numbered(1000 + index, 10_000))
  for (const [index, line] of metrics.entries())
    writer.append(index < 60 ? [line, events[index] as (typeof events)[number]] : [line])
  await writer.flush()
  const { lostLines } = writer.status
  // 100 lines of metrics and 60 events of 10 KB each are 1.6 MB, and 1 MiB may stay.
  expect(lostLines).toBeGreaterThanOrEqual(55)
  expect(lostLines).toBeLessThan(60)
  broken = false
  await writer.flush()
  const { numbers, torn } = numbersIn(folder)
  expect(torn).toBe(0)
  expect(numbers.filter((number) => number >= 1000)).toEqual(events.map((_, index) => 1000 + index))
  expect(numbers.filter((number) => number < 1000)).toEqual(metrics.map((_, index) => index).slice(lostLines))
})

test('a storm of alerts on a disk that takes it loses nothing', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  const { writer } = writing(folder)
  writer.append(Array.from({ length: 3000 }, (_, index) => numbered(index, 4000)))
  expect(await writer.flush()).toEqual({ written: 3000 })
  expect(numbersIn(folder)).toEqual({ numbers: Array.from({ length: 3000 }, (_, index) => index), torn: 0 })
})

test('where space is short, what is measured is written once a minute, until there is enough', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  let free: number | undefined = 0.049
  const { writer, clock, told } = writing(folder, { disk: { ...systemDisk, free: async () => free } })
  writer.append([numbered(0)])
  await writer.flush()
  await vi.waitFor(() =>
    expect(told).toMatchObject([{ state: 'thinning', reason: 'less than 5 % of the disk is free' }]),
  )
  const tens = (from: number) => Array.from({ length: 12 }, (_, index) => from + index * 10)
  const minute = (second: number) => measured(second, 5, HOUR + second * 1000)
  for (const second of tens(0)) writer.append([minute(second), numbered(1000 + second)])
  await writer.flush()
  // Just above the limit is not enough to go back.
  free = 0.055
  clock.mono += 31_000
  writer.append([minute(120)])
  await writer.flush()
  writer.append([minute(130)])
  await writer.flush()
  free = 0.07
  clock.mono += 31_000
  writer.append([numbered(2000)])
  await vi.waitFor(() => expect(writer.status.state).toBe('writing'), 10_000)
  writer.append([minute(140)])
  await writer.flush()
  const { numbers } = numbersIn(folder)
  expect(numbers.filter((number) => number > 0 && number < 1000)).toEqual([60, 120, 140])
  expect(numbers.filter((number) => number >= 1000 && number < 2000)).toHaveLength(12)
  expect(writer.status.lostLines).toBe(0)
  free = undefined
})

test.skipIf(!mounts)('a file system that is really full, and then is not', async () => {
  using place = smallPlace(64)
  const folder = join(place.path, 'log')
  const { writer } = writing(folder)
  const lines = Array.from({ length: 100 }, (_, index) => numbered(index, 1000))
  for (const line of lines) {
    writer.append([line])
    await writer.flush()
  }
  expect(writer.status).toMatchObject({ state: 'failing', reason: 'no space left', lostLines: 0 })
  const { written } = await writer.flush()
  // A torn line is the last one, if there is one: it is completed later.
  const { numbers } = numbersIn(folder)
  expect(numbers).toEqual(lines.slice(0, written).map((_, index) => index))
  // Somebody takes the old hour away; the next goes on in a new file.
  rmSync(join(folder, FILE))
  expect(await writer.flush()).toMatchObject({ written: expect.any(Number) })
  const after = numbersIn(folder)
  expect(after.torn).toBeLessThanOrEqual(1)
  expect(after.numbers).toEqual(lines.map((_, index) => index).slice(written, written + after.numbers.length))
  expect(after.numbers.length).toBeGreaterThan(30)
})

test.skipIf(!mounts)('a file system that becomes read-only, and writable again', async () => {
  using place = smallPlace(256)
  const folder = join(place.path, 'log')
  const { writer, told } = writing(folder)
  writer.append([numbered(1)])
  await writer.flush()
  place.remount('ro')
  writer.append([numbered(2)])
  await writer.flush()
  expect(told).toMatchObject([{ state: 'failing', reason: 'the file system is read-only' }])
  place.remount('rw')
  await vi.waitFor(() => expect(writer.status.state).toBe('writing'), 10_000)
  expect(numbersIn(folder)).toEqual({ numbers: [1, 2], torn: 0 })
})

test('texts stay in order over many flushes', async () => {
  using place = temporaryPlace()
  const folder = join(place.path, 'log')
  const { writer } = writing(folder)
  const flushed: Promise<{ written: number }>[] = []
  for (let number = 0; number < 200; number++) {
    writer.append([numbered(number)])
    flushed.push(writer.flush())
  }
  const counts = (await Promise.all(flushed)).map(({ written }) => written)
  for (const [index, written] of counts.entries()) expect(written).toBeGreaterThanOrEqual(index + 1)
  expect(textsIn(folder)).toHaveLength(200)
  expect(numbersIn(folder).numbers).toEqual(Array.from({ length: 200 }, (_, index) => index))
})
