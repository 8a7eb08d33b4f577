import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { costOf } from './forecast/cost.ts'
import { CROSSING } from './forecast/crossing-kinds.ts'
import { realWeeks } from './forecast/nab/real.ts'
import { score, type Table } from './forecast/nab/score.ts'
import { RESTING } from './forecast/resting-kinds.ts'
import { alarmRate, type KindFigures, medianOf, sumOf, tellKind, trendFeed } from './forecast/suite.ts'

/**
 * How good forecasts are: on 181 cases of real metrics beside models of R, at times to limits of generated series, and what they cost.
 * `npm run bench:forecast -- --seeds 40`; `--only cases|limits|cost` runs a part.
 */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '40' }, only: { type: 'string' } },
})
const seeds = Number(values.seeds)
const wanted = (part: string) => values.only === undefined || values.only === part
const progress = (text: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`)

const percent = (share: number, digits = 0) => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(digits)} %`)

function seconds(s: number): string {
  if (s < 100) return `${s.toFixed(0)} s`
  return s < 6000 ? `${(s / 60).toFixed(0)} min` : `${(s / 3600).toFixed(1)} h`
}

function caseLines({ set, steps, rows }: Table): string[] {
  return rows.map(
    ({ model, missing, error, score: interval, inside80, inside95 }) =>
      `| ${set}, ${steps} steps | ${model} | ${error.toFixed(3)} | ${interval.toFixed(3)} | ${percent(inside80)} | ${percent(inside95, 1)} |${missing > 0 ? ` ${missing} missing` : ''}`,
  )
}

function limitLine({ name, crosses, told }: KindFigures): string {
  if (!crosses) return `| ${name} | never | | | | | ${alarmRate({ told }).toFixed(2)} |`
  const share = told.map(({ lead = 0, wayS = 1 }) => lead / wayS)
  const inside = sumOf(told.map((one) => one.inside)) / sumOf(told.map((one) => one.ranges))
  return `| ${name} | ${seconds(medianOf(told.map(({ wayS = 0 }) => wayS)))} | ${percent(medianOf(told.map(({ halfway = 1 }) => halfway)), 1)} | ${seconds(medianOf(told.map(({ noticedS = Number.NaN }) => noticedS)))} | ${percent(medianOf(share))} | ${percent(inside)} | |`
}

async function cases(): Promise<string[]> {
  progress('cases: 181 are asked of the built program')
  const tables = await score('healthtop', [process.execPath, 'dist/healthtop.cjs', 'forecast', '--stdin'])
  return [
    '| cases | model | error / naive | interval score / naive | in 80 % band | in 95 % band |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...tables.flatMap(caseLines),
  ]
}

function limits(): string[] {
  const kinds = [...CROSSING, ...RESTING].map((kind, at, all) => {
    progress(`limits: ${kind.name} (${at + 1} of ${all.length})`)
    return tellKind(kind, seeds, trendFeed)
  })
  progress('limits: weeks of real metrics')
  const real = realWeeks()
  kinds.push(tellKind(real, real.count, trendFeed))
  const crossing = kinds.filter((kind) => kind.crosses).flatMap(({ told }) => told)
  const resting = kinds.filter((kind) => !kind.crosses).flatMap(({ told }) => told)
  const all = limitLine({ name: '**all that cross**', crosses: true, told: crossing })
  const none = limitLine({ name: '**all that never do**', crosses: false, told: resting })
  return [
    `| ${seeds} series of each kind | way (median) | error, half of it left | noticed after | said for the last | in range | false alarms a day |`,
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...kinds.filter((kind) => kind.crosses).map(limitLine),
    all,
    ...kinds.filter((kind) => !kind.crosses).map(limitLine),
    none,
  ]
}

function costs(): string[] {
  progress('cost: 200 series')
  setFlagsFromString('--expose-gc')
  globalThis.gc = runInNewContext('gc')
  const { sampleUs, bytes, share, limitUs } = costOf()
  return [
    '| 200 series at one sample a second, both horizons | |',
    '| --- | ---: |',
    `| CPU a sample | ${sampleUs.toFixed(1)} µs |`,
    `| of a core | ${percent(share, 2)} |`,
    `| memory a series | ${(bytes / 1024).toFixed(2)} KB |`,
    `| CPU to ask after a limit | ${limitUs.toFixed(1)} µs |`,
  ]
}

// First, so that what the others leave behind is no part of it.
const cost = wanted('cost') ? costs() : []
const parts = [wanted('cases') ? await cases() : [], wanted('limits') ? limits() : [], cost].filter(
  ({ length }) => length > 0,
)
process.stdout.write(`Node ${process.versions.node}\n\n${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`)
