import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/lib/clock.ts'
import { readMarks, saveMarks } from '../../src/log/marks.ts'
import { packHour } from '../../src/log/retention/pack.ts'
import { shareLog } from '../../src/log/share.ts'
import { createLogWriter } from '../../src/log/writer.ts'
import { NO_MARKS } from '../../src/model/alert.ts'
import { metrics } from './logs.ts'

let state: string

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'healthtop-log-'))
})
afterEach(() => rmSync(state, { recursive: true }))

const modeOf = (name: string) => (statSync(join(state, name)).mode & 0o777).toString(8)

test('what earlier runs wrote is for the group from now on, and for its owner alone again', async () => {
  mkdirSync(join(state, 'log'), { mode: 0o700 })
  writeFileSync(join(state, 'log/2026-11-25T14.ndjson'), '', { mode: 0o600 })
  await saveMarks(state, NO_MARKS)
  await shareLog(state, 'group')
  expect(['log', 'log/2026-11-25T14.ndjson', 'marks.json'].map(modeOf)).toEqual(['750', '640', '640'])
  await shareLog(state, 'owner')
  expect(['log', 'log/2026-11-25T14.ndjson', 'marks.json'].map(modeOf)).toEqual(['700', '600', '600'])
})

test('a folder without a log has nothing to share', async () => {
  await expect(shareLog(state, 'group')).resolves.toBeUndefined()
  await expect(shareLog(join(state, 'nowhere'), 'group')).resolves.toBeUndefined()
})

test('what is written then is for the group whatever the umask, what is packed and marked too', async () => {
  const umask = process.umask(0o077)
  try {
    const writer = createLogWriter({ folder: join(state, 'log'), clock: systemClock, access: 'group' })
    const name = `${new Date().toISOString().slice(0, 13)}.ndjson`
    writer.append([metrics(Date.now())])
    await writer.end(5000)
    expect(modeOf('log')).toBe('750')
    // An hour may have begun meanwhile.
    const [file = name] = [name].filter((one) => statSync(join(state, 'log', one), { throwIfNoEntry: false }))
    expect(modeOf(`log/${file}`)).toBe('640')
    await packHour(join(state, 'log'), file, undefined)
    expect(modeOf(`log/${file}.gz`)).toBe('640')
    await saveMarks(state, NO_MARKS, 'group')
    expect(modeOf('marks.json')).toBe('640')
    expect(await readMarks(state)).toEqual({ marks: NO_MARKS })
  } finally {
    process.umask(umask)
  }
})

test('a folder that others may read for another reason makes no packed file theirs', async () => {
  mkdirSync(join(state, 'log'))
  chmodSync(join(state, 'log'), 0o755)
  writeFileSync(join(state, 'log/2026-11-25T14.ndjson'), `${JSON.stringify(metrics(Date.UTC(2026, 10, 25, 14)))}\n`)
  await packHour(join(state, 'log'), '2026-11-25T14.ndjson', undefined)
  expect(modeOf('log/2026-11-25T14.ndjson.gz')).toBe('600')
})

test('what a link in it leads to is somebody else’s, and stays as it is', async () => {
  mkdirSync(join(state, 'log'))
  writeFileSync(join(state, 'other'), '', { mode: 0o644 })
  chmodSync(join(state, 'other'), 0o644)
  symlinkSync(join(state, 'other'), join(state, 'log/2026-11-25T14.ndjson'))
  symlinkSync(join(state, 'other'), join(state, 'marks.json'))
  await shareLog(state, 'owner')
  expect(modeOf('other')).toBe('644')
})
