import { safeJson, safeText } from '../lib/text.ts'
import { clockTime, counted, dayOfMonth } from '../lib/units.ts'
import { logFolder } from '../log/files.ts'
import { isOfFile, type ReadLine, type Tally } from '../log/read/file-lines.ts'
import { listLog } from '../log/read/files.ts'
import { follow } from '../log/read/follow.ts'
import { readLog } from '../log/read.ts'
import { LOG_DEFAULTS } from '../model/log-settings.ts'
import { EXIT_CODE } from '../model/severity.ts'
import { colourDepth, knownCharset } from '../ui/screen/detect.ts'
import { leaveReader } from './leave-reader.ts'
import type { LogOptions } from './log/options.ts'
import { createRows } from './log/rows.ts'
import { tableLine } from './log/table.ts'
import { whenUnread } from './log/unread.ts'
import { hasWords } from './log/words.ts'
import { type Options, UsageError } from './options.ts'
import { folderToRead, stateFolders } from './state-folders.ts'

const PIPE_COLUMNS = 80

type Look = Pick<Options, 'ascii' | 'color'>

/**
 * Prints the log, or follows it until SIGINT, and resolves with the exit code: 0, or 3 where it cannot be read. Throws UsageError where nobody
 * knows where it is.
 */
export async function log(
  options: Look & Pick<Options, 'root' | 'stateDir'>,
  wanted: LogOptions,
  nowMs: number,
): Promise<number> {
  const { root, stateDir } = options
  const where = { root, log: LOG_DEFAULTS, ...(stateDir !== undefined && { stateDir }) }
  const state = folderToRead(stateFolders(where, process.env, process.platform))
  if (state === undefined) throw new UsageError('--state-dir: there is no home folder; say where the log is kept')
  const folder = logFolder(state)
  const tally: Tally = { lines: 0, skipped: 0 }
  try {
    await printLog(folder, options, wanted, tally, nowMs)
  } catch (error) {
    if (!isOfFile(error)) throw error
    say(`the log cannot be read: ${(error as Error).message}`)
    return EXIT_CODE.unknown
  } finally {
    if (tally.skipped > 0) say(`${counted(tally.skipped, 'line')} could not be read`)
  }
  return 0
}

async function printLog(folder: string, look: Look, wanted: LogOptions, tally: Tally, nowMs: number): Promise<void> {
  const { fromMs, toMs, kinds, words } = wanted
  const there = (await listLog(folder)).hours.length > 0
  if (!there) say(`there is no log in ${folder} yet: healthtop and healthtop run write it; --state-dir says where else`)
  const stop = new AbortController()
  const end = () => stop.abort()
  if (wanted.follow) process.once('SIGINT', end)
  const unwatch = wanted.follow ? whenUnread(process.stdout.fd, end) : undefined
  const pieces = wanted.follow
    ? follow(folder, { fromMs, kinds, signal: stop.signal, onTrouble: sayTrouble }, tally)
    : readLog(folder, { fromMs, ...(toMs !== undefined && { toMs }), kinds }, tally)
  const printed = printer(look, wanted, nowMs)
  let lines = 0
  try {
    for await (const piece of pieces) {
      const texts = piece.filter(({ line }) => hasWords(line, words)).flatMap(printed)
      lines += texts.length
      if (texts.length > 0) await write(`${texts.join('\n')}\n`, stop.signal)
    }
  } finally {
    unwatch?.()
  }
  if (stop.signal.aborted) leaveReader()
  else if (there && lines === 0 && wanted.format === 'table') {
    const since = fromMs === 0 ? '' : ` since ${dayOfMonth(fromMs)} ${clockTime(fromMs)}`
    say(`nothing of that is in the log${since}`)
  }
}

/** What is printed of a line; nothing where the one before says the same. */
function printer({ ascii: told, color }: Look, { format, kinds, fromMs }: LogOptions, nowMs: number) {
  if (format === 'json') return ({ text }: ReadLine) => [safeJson(text)]
  const { stdout, env } = process
  const look = {
    ascii: knownCharset(env, { ascii: told }) === 'ascii',
    columns: stdout.columns ?? PIPE_COLUMNS,
    cut: stdout.isTTY === true,
    days: new Date(fromMs).toDateString() !== new Date(nowMs).toDateString(),
    colour: stdout.isTTY === true && colourDepth(env, { noColor: !color }) !== 'mono',
  }
  const rowOf = createRows(kinds)
  return ({ line }: ReadLine) => {
    const row = rowOf(line)
    return row === undefined ? [] : [tableLine(row, look)]
  }
}

/** Waits until it is taken, so that a slow reader is given no more than it reads; not beyond the signal. */
function write(text: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
    process.stdout.write(text, done)
  })
}

function sayTrouble(error: Error | undefined): void {
  say(
    error === undefined
      ? 'the log can be read again'
      : `the log cannot be read now, and is waited for: ${error.message}`,
  )
}

/** On stderr, which is not for machines. */
function say(text: string): void {
  process.stderr.write(`healthtop: ${safeText(text)}\n`)
}
