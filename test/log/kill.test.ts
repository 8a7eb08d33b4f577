import { spawn } from 'node:child_process'
import { appendFileSync, closeSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { decodeLine } from '../../src/log/decode.ts'
import { encodeLine } from '../../src/log/encode.ts'
import { bundle } from '../sources/live/bundle.ts'
import { numbered, numberOf, temporaryPlace } from './places.ts'

/** How often a writer is killed; `KILLS=500` is what has to hold. */
const KILLS = Number(process.env.KILLS ?? 60)
/** Far more than one of them writes. */
const APART = 1_000_000

/** Starts a writer, kills it within some milliseconds of its first report, and gives the last that it said. */
async function killedWriter(program: string, folder: string, first: number, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [program, folder, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  const reported = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('latin1').on('data', (text: string) => {
      said += text
      if (said.includes('\n')) resolve()
    })
    child.on('error', reject)
    child.on('close', () => reject(new Error('the writer ended by itself')))
  })
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()))
  try {
    await reported
    await sleep(afterMs)
  } finally {
    child.kill('SIGKILL')
    await closed
  }
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1))
}

/** What stands in a file from a byte on. */
function textFrom(file: string, from: number): string {
  const fd = openSync(file, 'r')
  const bytes = Buffer.alloc(statSync(file).size - from)
  readSync(fd, bytes, 0, bytes.length, from)
  closeSync(fd)
  return bytes.toString('utf8')
}

test(`killed ${KILLS} times: what was reported is there once, and at most one line a kill is torn`, async () => {
  using place = temporaryPlace()
  using program = await bundle('test/log/appending.ts')
  const file = join(place.path, 'log', '2026-11-25T14.ndjson')
  let size = 0
  for (let run = 0; run < KILLS; run++) {
    const first = run * APART
    const reported = await killedWriter(program.path, join(place.path, 'log'), first, Math.random() * 20)
    const texts = textFrom(file, size).split('\n')
    // The line that the run before left torn is ended before anything is added.
    if (run > 0) expect(texts[0] === '' || decodeLine(texts[0] as string) !== undefined).toBe(true)
    const lines = texts.filter((text) => text !== '').map(decodeLine)
    const torn = lines.filter((line) => line === undefined).length
    expect(torn).toBeLessThanOrEqual(1)
    if (torn === 1) expect(lines.at(-1)).toBeUndefined()
    const numbers = lines.filter((line) => line !== undefined).map(numberOf)
    expect(numbers).toEqual(numbers.map((_, index) => first + index))
    expect(numbers.length).toBeGreaterThanOrEqual(reported)
    expect(reported).toBeGreaterThan(0)
    // A kill seldom tears a line: every third time one is left as it would.
    if (run % 3 === 0) {
      const text = encodeLine(numbered(first + APART - 1, 40))
      const half = texts.at(-1) === '' ? text.slice(0, 1 + Math.floor(Math.random() * (text.length - 1))) : ''
      appendFileSync(file, half)
    }
    size = statSync(file).size
  }
}, 600_000)
