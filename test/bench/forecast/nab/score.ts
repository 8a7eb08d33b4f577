import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gunzipSync } from 'node:zlib'

/** A series that ended, and what came after. */
export interface Case {
  readonly id: string
  readonly set: 'short' | 'week'
  readonly horizon: number
  readonly values: readonly number[]
  readonly actual: readonly number[]
}

interface Answer {
  readonly id: string
  readonly mean: readonly number[]
  readonly lo80: readonly number[]
  readonly hi80: readonly number[]
  readonly lo95: readonly number[]
  readonly hi95: readonly number[]
}

/** Mean absolute error, interval score at 95 %, shares inside the bands. */
type Figures = readonly [error: number, score: number, inside80: number, inside95: number]

/** How a model did: relative to the naive one (below 1 is better), shares as they are. */
export interface Row {
  readonly model: string
  readonly cases: number
  /** Cases without an answer. */
  readonly missing: number
  readonly error: number
  readonly score: number
  readonly inside80: number
  readonly inside95: number
}

export interface Table {
  readonly set: 'short' | 'week'
  readonly steps: number
  readonly rows: readonly Row[]
}

const ROUNDS = [
  ['short', 12],
  ['short', 48],
  ['week', 288],
] as const
/** A case's figure is cut off here, so that no single spike decides. */
const MOST = 20
const ALPHA = 0.05
const FOLDER = join(process.cwd(), 'test/bench/forecast/nab')

/** The lines of a file of this folder. */
function read<T>(file: string): T[] {
  const text = gunzipSync(readFileSync(join(FOLDER, file))).toString()
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T)
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** The public cases. */
export const publicCases = (): Case[] => read<Case>('public.cases.jsonl.gz')

/** Lets a program answer all cases over stdin and stdout, and puts it beside the references. `model`: its name in the table. */
export async function score(model: string, command: readonly [string, ...string[]]): Promise<readonly Table[]> {
  const cases = publicCases()
  const answers = await answersOf(cases, command)
  const figures = new Map<string, Map<string, Figures | null>>()
  const put = (key: string, id: string, of: Figures | null) => {
    const known = figures.get(key) ?? new Map<string, Figures | null>()
    figures.set(key, known.set(id, of))
  }
  for (const { id, model: of, steps, figures: its } of read<Reference>('references.jsonl.gz'))
    put(`${steps} ${of}`, id, its)
  for (const [set, steps] of ROUNDS)
    for (const of of cases) if (of.set === set) put(`${steps} ${model}`, of.id, judge(of, answers.get(of.id), steps))
  return ROUNDS.map(([set, steps]) => {
    const naive = figures.get(`${steps} naive`) as Map<string, Figures>
    const rows = [...figures]
      .filter(([key]) => key.startsWith(`${steps} `))
      .map(([key, of]) => rowOf(key.slice(`${steps} `.length), of, naive))
    return { set, steps, rows: rows.sort((a, b) => a.error - b.error) }
  })
}

interface Reference {
  readonly id: string
  readonly model: string
  readonly steps: number
  readonly figures: Figures | null
}

async function answersOf(
  cases: readonly Case[],
  [file, ...args]: readonly [string, ...string[]],
): Promise<ReadonlyMap<string, Answer>> {
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  // A program that ends early has its answers missing in the table.
  child.stdin.on('error', () => undefined)
  for (const { actual: _, set: __, ...asked } of cases) child.stdin.write(`${JSON.stringify(asked)}\n`)
  child.stdin.end()
  const answers = new Map<string, Answer>()
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.trim() === '') continue
    const answer = JSON.parse(line) as Answer
    answers.set(answer.id, answer)
  }
  await ended
  return answers
}

/** Figures on the scale of the history: its mean distance from its median. Interval score: Gneiting and Raftery 2007. */
function judge({ values, actual, horizon }: Case, answer: Answer | undefined, steps: number): Figures | null {
  if (answer === undefined) return null
  const lists = [answer.mean, answer.lo80, answer.hi80, answer.lo95, answer.hi95]
  if (lists.some((list) => list?.length !== horizon || !list.every(Number.isFinite))) return null
  const middle = [...values].sort((a, b) => a - b)[values.length >> 1] as number
  const unit = average(values.map((value) => Math.abs(value - middle)))
  const come = actual.slice(0, steps)
  const inside = (low: readonly number[], high: readonly number[]) =>
    average(come.map((value, i) => (value >= (low[i] as number) && value <= (high[i] as number) ? 1 : 0)))
  const error = average(come.map((value, i) => Math.abs(value - (answer.mean[i] as number))))
  const interval = average(
    come.map((value, i) => {
      const [low, high] = [answer.lo95[i] as number, answer.hi95[i] as number]
      return high - low + (2 / ALPHA) * (Math.max(0, low - value) + Math.max(0, value - high))
    }),
  )
  return [
    Math.min(MOST, error / unit),
    Math.min(MOST, interval / unit),
    inside(answer.lo80, answer.hi80),
    inside(answer.lo95, answer.hi95),
  ]
}

function rowOf(model: string, figures: ReadonlyMap<string, Figures | null>, naive: ReadonlyMap<string, Figures>): Row {
  const pairs = [...figures].flatMap(([id, of]) => {
    const base = naive.get(id)
    return of === null || base === undefined ? [] : [[of, base] as const]
  })
  const ratio = (at: 0 | 1) => average(pairs.map(([of]) => of[at])) / average(pairs.map(([, base]) => base[at]))
  return {
    model,
    cases: pairs.length,
    missing: figures.size - pairs.length,
    error: ratio(0),
    score: ratio(1),
    inside80: average(pairs.map(([of]) => of[2])),
    inside95: average(pairs.map(([of]) => of[3])),
  }
}
