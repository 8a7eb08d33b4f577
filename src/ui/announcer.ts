import type { Alert } from '../model/alert.ts'
import { quietOf } from '../model/alert-words.ts'
import type { Frame } from '../model/frame.ts'
import type { ProgramScreen } from './program-options.ts'
import type { ViewState } from './state.ts'

/** No more often than this: of a storm one sentence says how many. */
const LEAST_MS = 5000
/** So many are named in one sentence. */
const MOST_NAMED = 3

/** What is announced of alerts. */
export interface Announcement {
  readonly bell: boolean
  /** For the desktop; absent where that is not wanted. */
  readonly text?: string
}

/** Which alerts are news: those that fire anew while the screen is up. One that was there before is none, nor one that is quiet. */
export class Announcer {
  readonly #sinceMs: number
  #known: ReadonlySet<string> = new Set()
  #waiting: Alert[] = []
  #saidMono = Number.NEGATIVE_INFINITY

  /** `sinceMs`: wall time from which on alerts that fire are news. */
  constructor(sinceMs: number) {
    this.#sinceMs = sinceMs
  }

  /** What is to be announced now; undefined for nothing. To be asked at every frame. */
  next(
    { alerts, host }: Pick<Frame, 'alerts' | 'host'>,
    { bell, notify }: Pick<ViewState, 'bell' | 'notify'>,
    monoMs: number,
  ): Announcement | undefined {
    const firing = alerts.filter(({ state }) => state === 'firing')
    const fresh = firing.filter(({ id, firedMs = 0 }) => !this.#known.has(id) && firedMs >= this.#sinceMs)
    if (firing.length > 0 || this.#known.size > 0) this.#known = new Set(firing.map(({ id }) => id))
    this.#waiting.push(...fresh.filter((alert) => quietOf(alert) === undefined))
    if (this.#waiting.length === 0 || monoMs - this.#saidMono < LEAST_MS) return undefined
    const news = this.#waiting
    this.#waiting = []
    const rings = bell === 'all' || (bell === 'critical' && news.some(({ severity }) => severity === 'critical'))
    if (!rings && !notify) return undefined
    this.#saidMono = monoMs
    return { bell: rings, ...(notify && { text: sentenceOf(news, host.name) }) }
  }

  /** Has the screen announce what is to be announced now. */
  tell(frame: Frame, view: ViewState, monoMs: number, screen: Pick<ProgramScreen, 'bell' | 'notify'>): void {
    const news = this.next(frame, view, monoMs)
    if (news?.bell) screen.bell()
    if (news?.text !== undefined) screen.notify(news.text)
  }
}

/** `web-03: memory 97 % used`; of several how many, and the first of them. */
function sentenceOf(news: readonly Alert[], host: string): string {
  const named = news.slice(0, MOST_NAMED).map(({ subject, text }) => `${subject} ${text}`)
  const more = news.length > named.length ? `, ${news.length - named.length} more` : ''
  const count = news.length === 1 ? '' : `${news.length} alerts: `
  return `${host === '' ? '' : `${host}: `}${count}${named.join(', ')}${more}`
}
