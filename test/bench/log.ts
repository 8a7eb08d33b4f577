import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { encodeLine } from '../../src/log/encode.ts'
import { lineFileName, logFolder, packedFileName } from '../../src/log/files.ts'
import { readHistory } from '../../src/log/history.ts'
import type { Line } from '../../src/log/line.ts'
import { writeRoll } from '../../src/log/rollup/file.ts'
import { MINUTES_OF_A_DAY, PARTS_OF_A_DAY, type Roll } from '../../src/log/rollup/format.ts'
import { columnsIn } from '../../src/log/rollup/minutes.ts'
import { rollUp } from '../../src/log/rollup/roll-up.ts'
import { CHECK_ORDER, MOST_RESULTS } from '../../src/model/check.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const { values: said } = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    series: { type: 'string', default: '200' },
    checks: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '5' },
    keep: { type: 'boolean', default: false },
  },
})
const days = Number(said.days)
const series = Number(said.series)
const checks = Number(said.checks)
const rounds = Number(said.rounds)

/** Noise that stays where it is: what deflates worst. */
let seed = 1
function random(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
  return seed / 2 ** 32
}

const keys = Array.from({ length: series }, (_, index) => `disk_used_ratio{mount="/data/volume-${index}"}`)
const names = Array.from({ length: checks }, (_, index) => `service-${index}`)
const nowMs = Math.floor(Date.now() / DAY) * DAY + 14.5 * HOUR

function hourLines(startMs: number, everyMs: number): string {
  const lines: Line[] = []
  for (let t = startMs; t < Math.min(startMs + HOUR, nowMs); t += everyMs) {
    const values = Object.fromEntries(keys.map((key, index) => [key, index % 4 === 0 ? index : random()]))
    lines.push({ v: 1, t, kind: 'metrics', values })
    const processes = Array.from({ length: 20 }, (_, index) => ({
      pid: 1000 + index,
      name: `process-${index}`,
      user: 'root',
      started_ms: startMs,
      cpu_ratio: random(),
      memory_bytes: Math.round(random() * 1e9),
    }))
    lines.push({ v: 1, t, kind: 'processes', processes })
    if (t % MINUTE === 0)
      for (const check of names)
        lines.push({
          v: 1,
          t,
          kind: 'check',
          check,
          state: 'up',
          since_ms: nowMs - days * DAY,
          began_ms: t - Math.round(1000 * random()),
          latency_s: random(),
        })
  }
  return lines.map((line) => `${encodeLine(line)}\n`).join('')
}

/** A day as it was rolled up of its lines while they were whole: writing a month of those first would take an hour. */
function rollOf(dayMs: number): Roll {
  const parts = () => ({
    known: new Uint16Array(PARTS_OF_A_DAY).fill(300),
    good: Uint16Array.from({ length: PARTS_OF_A_DAY }, () => (random() < 0.01 ? 240 : 300)),
    last: { wallMs: dayMs + DAY - MINUTE, state: 'up', sinceMs: dayMs, gapMs: MINUTE } as const,
    past: {
      results: {
        wallMs: Float64Array.from({ length: MOST_RESULTS }, (_, ago) => dayMs + DAY - (MOST_RESULTS - ago) * MINUTE),
        states: new Uint8Array(MOST_RESULTS).fill(CHECK_ORDER.indexOf('up')),
        latencyS: Float32Array.from({ length: MOST_RESULTS }, random),
      },
      changes: [{ wallMs: dayMs, state: 'up' } as const],
    },
  })
  const noise = () => Float32Array.from({ length: 4 * MINUTES_OF_A_DAY }, random)
  const event = (index: number): Line => ({
    v: 1,
    t: dayMs + index * MINUTE,
    kind: 'event',
    event: 'interface_down',
    level: 'warning',
    subject: 'eth0',
    text: 'is down',
  })
  return {
    dayMs,
    // The mark says that the hour is rolled up; how long its lines were counts only while they are there.
    hours: Array(24).fill(1),
    endMs: dayMs + DAY - MINUTE,
    series: new Map(keys.map((key, index) => [key, columnsIn(index % 4 === 0 ? noise().fill(index) : noise())])),
    checks: new Map(names.map((name) => [name, parts()])),
    events: Array.from({ length: 20 }, (_, index) => encodeLine(event(index))),
    alerts: [],
  }
}

async function timed<T>(name: string, what: () => Promise<T>): Promise<T> {
  const times: number[] = []
  const spent: number[] = []
  let result: T | undefined
  for (let round = 0; round < rounds; round++) {
    const cpu = process.cpuUsage()
    const started = performance.now()
    result = await what()
    times.push(performance.now() - started)
    const { user, system } = process.cpuUsage(cpu)
    spent.push((user + system) / 1000)
  }
  // The first one counts at a start: nothing is compiled yet.
  const told = (all: readonly number[]) => {
    const sorted = [...all].sort((a, b) => a - b)
    return `first ${Math.round(all[0] as number)}, median ${Math.round(sorted[Math.floor(rounds / 2)] as number)} ms`
  }
  console.log(`${name.padEnd(48)} ${told(times)}; of CPU ${told(spent)}`)
  return result as T
}

const state = mkdtempSync(join(tmpdir(), 'healthtop-month-'))
try {
  const folder = logFolder(state)
  mkdirSync(folder)
  const today = Math.floor(nowMs / DAY) * DAY
  const packed = gzipSync(hourLines(today - 2 * DAY, MINUTE))
  for (let dayMs = today - (days - 1) * DAY; dayMs < nowMs - DAY; dayMs += DAY) {
    // Hours of other days have other times, which nobody reads: they only have to be there, and as large.
    for (let hour = 0; hour < 24; hour++) {
      const startMs = dayMs + hour * HOUR
      if (startMs + HOUR <= nowMs - DAY)
        writeFileSync(join(folder, packedFileName(lineFileName(startMs) as string)), packed)
    }
    await writeRoll(folder, rollOf(dayMs))
  }
  rmSync(join(folder, `${new Date(today - DAY).toISOString().slice(0, 10)}.roll`), { force: true })
  const plain = hourLines(today - DAY, 10_000)
  for (let startMs = nowMs - DAY - HOUR / 2; startMs < nowMs; startMs += HOUR)
    writeFileSync(join(folder, lineFileName(startMs) as string), hourLines(startMs, 10_000))
  console.log(
    `${days} days, ${series} series, ${checks} checks; an hour of lines is ${(plain.length / 1e6).toFixed(1)} MB`,
  )
  const started = performance.now()
  const { written } = await rollUp(folder, nowMs)
  console.log(`${written} days rolled up anew in ${Math.round(performance.now() - started)} ms`)
  const bytes = readdirSync(folder).map((name) => ({ name, size: statSync(join(folder, name)).size }))
  const of = (ending: string) =>
    `${(bytes.filter(({ name }) => name.endsWith(ending)).reduce((sum, { size }) => sum + size, 0) / 1024 ** 2).toFixed(0)} MiB`
  console.log(`lines ${of('.ndjson')}, packed ${of('.gz')}, roll-ups ${of('.roll')}, all ${of('')}`)
  const history = await timed('history: a day of all series, a week of checks', () => readHistory(state, { nowMs }))
  console.log(`  ${history.series.size} series, ${history.checks.size} checks, ${history.events.length} events`)
  await timed('roll-ups that have all, looked at', () => rollUp(folder, nowMs))
} finally {
  if (said.keep) console.log(state)
  else rmSync(state, { recursive: true, force: true })
}
