import { closeSync, fstatSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createOutput, isJournal } from '../../../src/commands/run/output.ts'

/** A reader that takes a chunk when it is told to. */
class Reader extends Writable {
  readonly taken: string[] = []
  private waiting: (() => void) | undefined

  constructor() {
    super({ decodeStrings: false })
  }

  override _write(chunk: string, _: BufferEncoding, done: () => void): void {
    this.taken.push(chunk)
    this.waiting = done
  }

  take(): boolean {
    const { waiting } = this
    this.waiting = undefined
    waiting?.()
    return waiting !== undefined
  }

  async takeAll(): Promise<void> {
    while (this.take()) await new Promise((resolve) => setImmediate(resolve))
  }
}

test('what a slow reader does not take is left out beyond a limit, and said once it reads again', async () => {
  const reader = new Reader()
  const output = createOutput(reader, (count) => `${count} lost\n`)
  const line = `${'x'.repeat(99_999)}\n`
  for (let count = 0; count < 100; count++) output.write(line)
  expect(reader.writableLength).toBeLessThan(1.2 * 1024 * 1024)
  await reader.takeAll()
  output.write('after\n')
  await reader.takeAll()
  const whole = reader.taken.filter((text) => text === line).length
  expect(reader.taken.slice(whole)).toEqual([`${100 - whole} lost\n`, 'after\n'])
})

test('its end waits for a reader, but not for one that takes nothing', async () => {
  const reader = new Reader()
  const output = createOutput(reader, String)
  await output.end(10_000)
  output.write('a')
  let ended = false
  const end = output.end(10_000).then(() => {
    ended = true
  })
  expect(ended).toBe(false)
  await reader.takeAll()
  await end
  output.write('b')
  await output.end(1)
  expect(reader.taken).toEqual(['a', '', 'b'])
})

test('the journal is known by device and inode, whatever was inherited', () => {
  const folder = mkdtempSync(join(tmpdir(), 'healthtop-journal-'))
  const file = openSync(join(folder, 'file'), 'w')
  const { dev, ino } = fstatSync(file)
  expect(isJournal(file, { JOURNAL_STREAM: `${dev}:${ino}` })).toBe(true)
  expect(isJournal(file, { JOURNAL_STREAM: `${dev}:${ino + 1}` })).toBe(false)
  expect(isJournal(file, {})).toBe(false)
  closeSync(file)
  rmSync(folder, { recursive: true })
})
