import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { marksPath, readMarks, saveMarks, sweepMarks } from '../../src/log/marks.ts'
import { type Marks, NO_MARKS } from '../../src/model/alert.ts'
import { AFTERNOON, TemporaryLog } from './logs.ts'

const MARKS: Marks = {
  acknowledgements: [{ alert: 'disk-full disk_used_ratio{mount="/"} 1', atMs: AFTERNOON, note: 'on it' }],
  silences: [
    { key: 'disk-full disk_used_ratio{mount="/"}', atMs: AFTERNOON },
    { key: 'swap', atMs: AFTERNOON, untilMs: AFTERNOON + 1 },
  ],
}

test('marks are kept, for their owner alone, and replaced in one step', async () => {
  using log = new TemporaryLog()
  const state = join(log.state, 'not', 'there', 'yet')
  await saveMarks(state, MARKS)
  expect(await readMarks(state)).toEqual({ marks: MARKS })
  expect([statSync(marksPath(state)).mode & 0o777, statSync(state).mode & 0o777]).toEqual([0o600, 0o700])
  await saveMarks(state, NO_MARKS)
  expect(await readMarks(state)).toEqual({ marks: NO_MARKS })
  expect(readdirSync(state)).toEqual(['marks.json'])
})

test('none were kept yet', async () => {
  using log = new TemporaryLog()
  expect(await readMarks(log.state)).toEqual({ marks: NO_MARKS })
  expect(await readMarks(join(log.state, 'none'))).toEqual({ marks: NO_MARKS })
})

test.each([
  ['nothing', ''],
  ['no JSON', '{"v":1,"acknowledgements":['],
  ['another version', '{"v":2,"acknowledgements":[],"silences":[]}'],
  ['members of other types', '{"v":1,"acknowledgements":[{"alert":"x"}],"silences":[]}'],
  ['a time that is none', '{"v":1,"acknowledgements":[],"silences":[{"key":"x","atMs":1,"untilMs":"soon"}]}'],
  ['a list', '[]'],
])('a file that makes no sense is put aside, and the next one does not replace it: %s', async (_, content) => {
  using log = new TemporaryLog()
  writeFileSync(marksPath(log.state), content)
  const aside = `${marksPath(log.state)}.damaged`
  expect(await readMarks(log.state)).toEqual({ marks: NO_MARKS, aside })
  await saveMarks(log.state, MARKS)
  expect(readFileSync(aside, 'utf8')).toBe(content)
  expect(await readMarks(log.state)).toEqual({ marks: MARKS })
})

test('an end that is null is none, as in the log', async () => {
  using log = new TemporaryLog()
  const silence = { key: 'swap', atMs: 1, untilMs: null }
  writeFileSync(marksPath(log.state), JSON.stringify({ v: 1, acknowledgements: [], silences: [silence] }))
  expect((await readMarks(log.state)).marks.silences).toEqual([{ key: 'swap', atMs: 1 }])
})

test('what was written into it does not drive the terminal', async () => {
  using log = new TemporaryLog()
  const note = { alert: 'x', atMs: 1, note: 'a\u001b[2Jb' }
  writeFileSync(marksPath(log.state), JSON.stringify({ v: 1, acknowledgements: [note], silences: [] }))
  expect((await readMarks(log.state)).marks.acknowledgements[0]?.note).toBe('a[2Jb')
})

test('where they cannot be read or kept it is an error', async () => {
  using log = new TemporaryLog()
  mkdirSync(marksPath(log.state))
  await expect(readMarks(log.state)).rejects.toThrow(/EFTYPE/)
  await expect(saveMarks(log.state, MARKS)).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
  // Nothing half made is left.
  expect(readdirSync(log.state).sort()).toEqual(['log', 'marks.json'])
})

test('what a kill left half made of them is taken away, and nothing else', async () => {
  using log = new TemporaryLog()
  await saveMarks(log.state, MARKS)
  const others = ['marks.json.damaged', 'marks.json.mine.tmp', 'marks.json.0123456.tmp', 'other.01234567.tmp']
  for (const name of [...others, 'marks.json.01234567.tmp', 'marks.json.89abcdef.tmp'])
    writeFileSync(join(log.state, name), '{')
  await sweepMarks(log.state)
  expect(readdirSync(log.state).sort()).toEqual(['log', 'marks.json', ...others].sort())
  expect(await readMarks(log.state)).toEqual({ marks: MARKS })
  await sweepMarks(join(log.state, 'none'))
})
