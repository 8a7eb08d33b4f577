import { span } from '../../lib/units.ts'
import type { Frame, Reason } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import { bySeverity } from '../../model/severity.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { levelSymbol, levelToken } from '../paint/verdict.ts'
import { style } from '../screen/style.ts'

const SUBJECT = style('bright', { bold: true })

/** What is wrong, worst first; what is well is no reason. */
export function troubles(frame: Frame): readonly Reason[] {
  return frame.reasons.filter(({ verdict }) => verdict !== 'ok').toSorted((a, b) => bySeverity(a.verdict, b.verdict))
}

/** `▲ memory 94 % used 4 min`: symbol and words in the severity's colour, the subject bright; since when stands last, on its own. */
export function reasonSegments(reason: Reason, nowMs: number, look: Look): readonly Segment[] {
  const tone = style(levelToken(reason.verdict))
  const since = span((nowMs - reason.sinceMs) / 1000)
  return [
    segment(`${levelSymbol(reason.verdict, look.glyphs)} `, tone),
    segment(reason.subject, SUBJECT),
    segment(reason.text === '' ? '' : ` ${reason.text}`, tone),
    segment(` ${since}`, tone),
  ]
}

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

/** What was really measured and is well: `cpu, memory, 4 disks and 1 network`; empty while nothing is. */
export function measured(frame: Frame): string {
  const { metrics } = frame
  const disks = frame.mounts.filter(
    ({ mount, answering }) => answering && metrics.value(seriesKey('disk_used_ratio', { mount })) !== undefined,
  ).length
  const networks = frame.interfaces.filter(({ up, virtual }) => up && !virtual).length
  const parts = [
    ...(metrics.value('cpu_used_ratio') === undefined ? [] : ['cpu']),
    ...(metrics.value('memory_used_ratio') === undefined ? [] : ['memory']),
    ...(disks === 0 ? [] : [plural(disks, 'disk')]),
    ...(networks === 0 ? [] : [plural(networks, 'network')]),
  ]
  const last = parts.pop()
  if (last === undefined) return ''
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
}
