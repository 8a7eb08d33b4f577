import { bytes, clockTime, span } from '../../lib/units.ts'
import { isTrouble } from '../../model/check-words.ts'
import type { Frame } from '../../model/frame.ts'
import type { HostFacts } from '../../model/host.ts'
import type { Verdict } from '../../model/severity.ts'
import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { levelSymbol, levelToken } from '../paint/verdict.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { type ModeOptions, modeOf } from './mode.ts'

const DIM = style('dim')
const TEXT = style('text')
const BOLD = style('bright', { bold: true })
/** Room of `✖ 1 critical  ▲ 3 warnings`: kept free when all is well, so that an alert takes nothing away. */
const VERDICT_COLUMNS = 26
/** From here on something stands between host and verdict. */
const FACTS_FROM = 80
/** From here on it says how many services are well, too. */
const WELL_FROM = 160
/** From here on the page stands behind the host. */
const CRUMB_FROM = 100

const WORDS: readonly { verdict: Exclude<Verdict, 'ok'>; one: string; many: string }[] = [
  { verdict: 'critical', one: 'critical', many: 'critical' },
  { verdict: 'unknown', one: 'not known', many: 'not known' },
  { verdict: 'warning', one: 'warning', many: 'warnings' },
]

/** `✖ 1 critical  ▲ 3 warnings`, `● all well`, `◌ not known yet`; `short` leaves the words of the counts out. */
export function verdictSegments(frame: Frame, look: Look, short = false): readonly Segment[] {
  const parts: Segment[] = []
  for (const { verdict, one, many } of WORDS) {
    const count = frame.reasons.filter((reason) => reason.verdict === verdict).length
    if (count === 0) continue
    const tone = levelToken(verdict)
    parts.push(
      segment(`${parts.length > 0 ? '  ' : ''}${levelSymbol(verdict, look.glyphs)} `, style(tone)),
      segment(String(count), style(tone, { bold: true })),
      segment(short ? '' : ` ${count === 1 ? one : many}`, style(tone)),
    )
  }
  if (parts.length > 0) return parts
  const words = frame.verdict === 'ok' ? 'all well' : 'not known yet'
  return [segment(`${levelSymbol(frame.verdict, look.glyphs)} ${words}`, style(levelToken(frame.verdict)))]
}

/** `10 services well` beside what is not; all well says so itself. */
function wellSegments({ checks, reasons }: Frame): readonly Segment[] {
  const up = checks.filter((check) => check.state === 'up' && !isTrouble(check)).length
  if (up === 0 || reasons.length === 0) return []
  return [segment(`  ${up}`, TEXT), segment(` ${up === 1 ? 'service' : 'services'} well`, DIM)]
}

/** Four columns whatever the load. */
function loadText(value: number): string {
  return (value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0)).padStart(4)
}

function loadSegments({ metrics }: Frame): readonly Segment[] {
  const averages = ['load_1m', 'load_5m', 'load_15m'].map((name) => metrics.value(name))
  if (averages.some((value) => value === undefined)) return []
  return [segment('load ', DIM), segment(averages.map((value) => loadText(value as number)).join(' '), TEXT)]
}

/** `8 cores`; in a container with a quota `2 of 8 cores`. */
function coresText({ cores, cpuLimit, container }: HostFacts): string | undefined {
  if (cores === undefined) return undefined
  const share = container === undefined || cpuLimit === undefined ? '' : `${Number(cpuLimit.toFixed(2))} of `
  return `${share}${cores} ${cores === 1 ? 'core' : 'cores'}`
}

/** `limit 2 GiB`: limits are round figures, and said so. */
function limitText({ container, memoryLimitBytes }: HostFacts): string | undefined {
  if (container === undefined || memoryLimitBytes === undefined) return undefined
  const { figure, unit } = bytes(memoryLimitBytes)
  return `limit ${figure.replace(/\.0$/, '')} ${unit}`
}

/** What is said of the host, from most to least; the first that fits is taken. */
function factSegments({ host, wallMs, metrics }: Frame, look: Look): (readonly Segment[])[] {
  const up = host.bootMs === undefined ? undefined : `up ${span((wallMs - host.bootMs) / 1000)}`
  const cores = coresText(host)
  // In a container the memory there is is what its limit leaves.
  const limit = limitText(host)
  const total = metrics.value('memory_total_bytes')
  const quantity = total === undefined ? undefined : bytes(total)
  const memory = limit ?? (quantity && `${quantity.figure} ${quantity.unit}`)
  const hidden = host.hidesProcesses ? "others' processes hidden" : undefined
  const line = (facts: readonly (string | undefined)[]) => [
    segment(facts.filter((fact) => fact !== undefined && fact !== '').join(` ${look.glyphs.middot} `), DIM),
  ]
  return [
    line([host.os, host.kernel, host.arch, cores, memory, host.container, hidden, up]),
    line([host.os, cores, limit, host.container, hidden, up]),
    // That most of what runs is not shown is worth more than the system's name.
    ...(hidden === undefined ? [] : [line([cores, host.container, hidden, up]), line([cores, hidden]), line([hidden])]),
    line([host.os, cores, limit, host.container, up]),
    // What a container may use says more than what it runs.
    ...(limit === undefined ? [] : [line([cores, limit, host.container, up]), line([cores, limit, host.container])]),
    line([host.os, cores, host.container, up]),
    line([host.os, cores, up]),
    line([cores, up]),
    line([up]),
    [],
  ]
}

function tasksSegments({ processes }: Frame): readonly Segment[] {
  if (processes === undefined) return []
  return [
    segment('running ', DIM),
    segment(String(processes.running), TEXT),
    segment(' of ', DIM),
    segment(String(processes.total), TEXT),
  ]
}

/**
 * Row 0: host, facts, load, verdict counts in words, mode, clock. Parts are dropped whole where there is no room: first how many
 * processes run, then facts, then the load, then who else measures; never the host, the verdict and the mode.
 */
export function header(
  surface: Surface,
  frame: Frame,
  look: Look,
  options: ModeOptions & { readonly page?: string | undefined },
): void {
  surface.clear()
  const clock = [segment(clockTime(options.nowMs), BOLD)]
  const crumb =
    options.page === undefined || surface.columns < CRUMB_FROM
      ? []
      : [segment(` ${look.glyphs.ascii ? '>' : '›'} ${options.page}`, DIM)]
  const name = [segment(frame.host.name, BOLD), ...crumb]
  const right = surface.columns - 1
  const clockX = right - segmentsWidth(clock)
  const gap = surface.columns >= CRUMB_FROM ? 4 : 3
  const live = modeSegments(frame, look, options)
  const spare = clockX - 2 - segmentsWidth(live) - gap - VERDICT_COLUMNS - 4 - segmentsWidth(name)
  const mode = [...live, ...(surface.columns < FACTS_FROM ? [] : measurerSegments(frame, spare))]
  const modeX = clockX - 2 - segmentsWidth(mode)
  const end = modeX - gap
  if (surface.columns >= FACTS_FROM) {
    const verdict = [...verdictSegments(frame, look), ...(surface.columns >= WELL_FROM ? wellSegments(frame) : [])]
    const x = end - segmentsWidth(verdict)
    const room = end - Math.max(segmentsWidth(verdict), VERDICT_COLUMNS) - 4
    drawFitted(surface, 1, 0, leftParts(frame, look, name, room), x - 3, look)
    drawSegments(surface, x, 0, verdict)
  } else {
    // There is no room for anything between: the verdict follows the host, and gives up its words before the host is cut.
    const long = verdictSegments(frame, look)
    const verdict = 3 + segmentsWidth(name) + segmentsWidth(long) <= end ? long : verdictSegments(frame, look, true)
    const used = drawFitted(surface, 1, 0, name, Math.max(0, end - segmentsWidth(verdict) - 3), look)
    drawSegments(surface, 1 + used + (used > 0 ? 2 : 0), 0, verdict, Math.max(0, end - used - 1))
  }
  drawSegments(surface, modeX, 0, mode)
  drawSegments(surface, clockX, 0, clock)
}

/** `shows run 812`: who measures and judges what is shown, where that is another healthtop; in `spare` columns without the host giving way. */
function measurerSegments({ measurer }: Frame, spare: number): readonly Segment[] {
  if (measurer === undefined) return []
  const { command, pid } = measurer
  const told = [`  shows ${command} ${pid}`, `  shows ${pid}`].find((text) => text.length <= spare)
  return told === undefined ? [] : [segment(told, DIM)]
}

function modeSegments(frame: Frame, look: Look, options: ModeOptions): readonly Segment[] {
  const { symbol, word, detail, tone } = modeOf(frame, options, look.glyphs)
  return [
    segment(`${symbol} `, style(tone)),
    segment(word, style(tone, { bold: true })),
    segment(detail === '' ? '' : ` ${detail}`, style(tone)),
  ]
}

function leftParts(frame: Frame, look: Look, name: readonly Segment[], room: number): readonly Segment[] {
  const load = loadSegments(frame)
  const join = (facts: readonly Segment[], ...more: (readonly Segment[])[]) => [
    ...name,
    ...(segmentsWidth(facts) === 0 ? [] : [segment('  ', DIM), ...facts]),
    ...more.flatMap((part, index) =>
      part.length === 0 ? [] : [segment(index === 0 && segmentsWidth(facts) === 0 ? '  ' : '   ', DIM), ...part],
    ),
  ]
  const [all = [], ...fewer] = factSegments(frame, look)
  const whole = join(all, load, tasksSegments(frame))
  if (segmentsWidth(whole) <= room) return whole
  for (const facts of [all, ...fewer]) {
    const candidate = join(facts, load)
    if (segmentsWidth(candidate) <= room) return candidate
  }
  return name
}
