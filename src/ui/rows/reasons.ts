import { truncate } from '../../lib/text.ts'
import { counted, span } from '../../lib/units.ts'
import type { CheckStatus } from '../../model/check.ts'
import { detailText, isTrouble, shortReason, stateWord } from '../../model/check-words.ts'
import type { Frame, Reason } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import { bySeverity } from '../../model/severity.ts'
import type { Look } from '../paint/look.ts'
import { type QuietMarks, quietMarks } from '../paint/quiet.ts'
import { segment } from '../paint/segments.ts'
import { levelSymbol, levelToken } from '../paint/verdict.ts'
import { style } from '../screen/style.ts'
import type { Item } from './line.ts'

const DIM = style('dim')
const SUBJECT = style('bright', { bold: true })
/** Columns that the name of a check takes at most, with boxes and without. */
const MOST_NAME = 24
const MOST_NAME_OPEN = 16

/**
 * What is wrong, worst first; what is well is no reason. What somebody has seen, or wants to hear nothing of, stands behind all that is
 * new: it is trouble, but none for the eye.
 */
export function troubles(frame: Frame): readonly Reason[] {
  const quiet = (reason: Reason) => Number(reason.quiet !== undefined)
  return frame.reasons
    .filter(({ verdict }) => verdict !== 'ok')
    .toSorted((a, b) => quiet(a) - quiet(b) || bySeverity(a.verdict, b.verdict))
}

/** What people made of the alert of a reason. */
function marksOf({ quiet, quietUntilMs: untilMs }: Reason, { wallMs }: Frame, look: Look): QuietMarks {
  if (quiet === 'acknowledged') return quietMarks({ acknowledged: true }, wallMs, look)
  if (quiet === 'silenced') return quietMarks({ silenced: untilMs === undefined ? {} : { untilMs } }, wallMs, look)
  return quietMarks({}, wallMs, look)
}

const byName = new WeakMap<readonly CheckStatus[], ReadonlyMap<string, CheckStatus>>()

/** The check a reason is about; undefined where it is of the machine. */
function checkOf({ checks }: Frame, { subject }: Reason): CheckStatus | undefined {
  if (checks.length === 0) return undefined
  const names = byName.get(checks) ?? new Map(checks.map((check) => [check.definition.name, check]))
  byName.set(checks, names)
  const check = names.get(subject)
  return check !== undefined && isTrouble(check) ? check : undefined
}

/** What is said of a check in trouble: its state, since when or what is left of its certificate, and the reason. */
function checkWords(
  check: CheckStatus,
  since: string,
  { boxed }: Look,
): { readonly word: string; readonly figure: string; readonly detail: string } {
  const word = check.state === 'up' ? 'flapping' : stateWord(check)
  const detail = detailText(check)
  // How long it has been near its end says nothing; how near it is does.
  if (word === 'certificate') return { word: boxed ? word : 'cert', figure: detail || since, detail: '' }
  return { word, figure: since, detail }
}

/**
 * `▲ memory 94 % used 4 min`, `✖ mail down 12 min`: symbol and words in the severity's colour, the subject bright; since when stands
 * last, on its own. The cause, and why a check is down, where there is room.
 */
export function reasonItem(reason: Reason, frame: Frame, look: Look): Item {
  const isQuiet = reason.quiet !== undefined
  const marks = marksOf(reason, frame, look)
  const tone = isQuiet ? DIM : style(levelToken(reason.verdict))
  const name = isQuiet ? DIM : SUBJECT
  const since = span((frame.wallMs - reason.sinceMs) / 1000)
  const check = checkOf(frame, reason)
  // Behind a long name there would be no room for what is wrong with it.
  const most = look.boxed ? MOST_NAME : MOST_NAME_OPEN
  const subject = check === undefined ? reason.subject : truncate(reason.subject, most, look.glyphs.ellipsis)
  const lead = [segment(`${levelSymbol(reason.verdict, look.glyphs)} `, tone), segment(subject, name), ...marks.name]
  if (check === undefined) {
    const main = [
      ...lead,
      segment(reason.text === '' ? '' : ` ${reason.text}`, tone),
      segment(reason.ahead ? '' : ` ${since}`, tone),
      ...marks.words,
    ]
    return reason.cause === undefined ? { main } : { main, extra: [segment(`  ${reason.cause}`, DIM)] }
  }
  const { word, figure, detail } = checkWords(check, since, look)
  const main = [...lead, segment(` ${word}`, tone), segment(` ${figure}`, tone), ...marks.words]
  const extra = [detail, reason.cause ?? ''].filter((one) => one !== '').join(', ')
  if (extra === '') return { main }
  const short = detail === '' ? '' : shortReason(check)
  return {
    main,
    extra: [segment(` ${extra}`, DIM)],
    ...(short !== '' && short !== extra && { shorter: [segment(` ${short}`, DIM)] }),
  }
}

/** What was really measured and is well: `13 services, cpu, memory, 4 disks and 1 network`; empty while nothing is. */
export function measured(frame: Frame): string {
  const { metrics } = frame
  const disks = frame.mounts.filter(
    ({ mount, answering }) => answering && metrics.value(seriesKey('disk_used_ratio', { mount })) !== undefined,
  ).length
  const networks = frame.interfaces.filter(({ up, virtual }) => up && !virtual).length
  const up = frame.checks.filter(({ state }) => state === 'up').length
  const parts = [
    ...(up === 0 ? [] : [counted(up, 'service')]),
    ...(metrics.value('cpu_used_ratio') === undefined ? [] : ['cpu']),
    ...(metrics.value('memory_used_ratio') === undefined ? [] : ['memory']),
    ...(disks === 0 ? [] : [counted(disks, 'disk')]),
    ...(networks === 0 ? [] : [counted(networks, 'network')]),
  ]
  const last = parts.pop()
  if (last === undefined) return ''
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
}
