import type { CheckStatus } from '../../model/check.ts'
import { parseSeriesKey, seriesKey } from '../../model/series.ts'
import type { Watched } from '../../model/watch.ts'
import { type Condition, type Finding, matterOf, type RuleOn, type Say, type Scene } from './condition.ts'

/** Restarts are counted over this long, and so many of them are a loop, not an update. */
const WINDOW_MS = 600_000
const LOOP = 3
const COUNT = 'process_count'
const RESTARTS = 'process_restarts_total'

type On = RuleOn<'process'>['when']

/** A process that is watched, or that a check is for: not there, or started over and over. */
export const processCondition: Condition<'process'> = {
  kind: 'process',
  look({ rule }, scene, say) {
    const found = new Map<string, Finding | undefined>()
    for (const status of scene.world.checks) {
      const { name, type } = status.definition
      if (type === 'process' && isMeant(rule.when, name)) found.set(name, ofCheck(rule.when, status))
    }
    const { watched } = scene.world
    if (watched !== undefined && isMeant(rule.when, watched.label))
      found.set(watched.label, ofWatched(rule.when, watched, scene.wallMs))
    for (const [process, finding] of found) if (finding !== undefined) tell(rule, process, finding, scene, say)
    // Whom nobody watches any more nothing is known of, for good.
    for (const { series } of scene.ofRule(rule)) {
      const { labels } = parseSeriesKey(series)
      if (!found.has(labels.process ?? '')) say(matterOf(rule, series, labels), 'gone')
    }
  },
  covers(when, series) {
    const { name, labels } = parseSeriesKey(series)
    return name === metricOf(when) && labels.process !== undefined && isMeant(when, labels.process)
  },
}

function isMeant({ process }: On, label: string): boolean {
  return process === undefined || process === label
}

function metricOf({ is }: On): string {
  return is === 'gone' ? COUNT : RESTARTS
}

function tell(rule: RuleOn<'process'>, process: string, finding: Finding, scene: Scene, say: Say): void {
  const labels = { process }
  const matter = matterOf(rule, seriesKey(metricOf(rule.when), labels), labels)
  if (scene.active(matter) === undefined && (!finding.wrong || rule.except?.(labels, scene.world) === true)) return
  say(matter, finding)
}

/** Undefined while nobody was ever seen. */
function ofWatched({ is }: On, { state, instances, runs, restarts }: Watched, wallMs: number): Finding | undefined {
  if (state === 'waiting') return undefined
  if (is === 'gone') return gone(state === 'gone', instances.length)
  // A start that was seen after an end; the first run of all is none.
  const lately = runs.filter(({ startedMs }) => wallMs - startedMs < WINDOW_MS).length
  return restarting(Math.min(restarts, lately))
}

/** Undefined while the check could not be asked. */
function ofCheck({ is }: On, { state, reason, last }: CheckStatus): Finding | undefined {
  if (state === 'unknown') return undefined
  if (is === 'gone')
    return gone(state === 'down' && reason === 'missing', last?.outcome.processes?.process_count ?? Number.NaN)
  const wrong = state === 'degraded' && reason === 'restarting'
  const found = last?.outcome.expectations?.find(({ name }) => name === 'restarts')?.found
  const [counted = '1'] = /\d+(?= times)/.exec(found ?? '') ?? []
  return restarting(Number(counted), wrong, found)
}

function gone(wrong: boolean, count: number): Finding {
  const same = { value: count, threshold: 1, direction: 'below', wrong, cleared: !wrong } as const
  return wrong ? { ...same, text: 'not running' } : same
}

function restarting(times: number, wrong = times >= LOOP, text = `restarted ${times} times in 10 min`): Finding {
  const same = { value: times, threshold: LOOP, direction: 'above', wrong, cleared: !wrong } as const
  return wrong ? { ...same, text } : same
}
