import { dayOfMonth, moment, percent, span } from '../lib/units.ts'
import type { Eta, LimitForecast, TimeToLimit, TrackRecord } from './forecast.ts'

const HOUR_S = 3600
const DAY_S = 24 * HOUR_S
/** Beyond this a time says no more than that it is far. */
export const FAR_S = 30 * DAY_S

/** Below this a time is told in seconds. */
const SECONDS_S = 60

/** A time to a limit: `48 s`, `2 min`, `3 h 10 m`, `9 d`, `over 30 d`. From a day on hours say nothing that is known. */
export function etaText(seconds: number): string {
  if (seconds >= FAR_S) return 'over 30 d'
  if (seconds >= DAY_S) return span(Math.floor(seconds / DAY_S) * DAY_S)
  // Of hours a minute is nothing; of two minutes it is half.
  return span(seconds < SECONDS_S || seconds >= HOUR_S ? seconds : Math.round(seconds / 60) * 60)
}

/** `2 h 40 m – 4 h 05 m`; with no latest `from 2 h 40 m on`. The dash is given: not every terminal has one. */
export function etaRange({ earliest, latest }: Eta, dash = '–'): string {
  if (latest === undefined) return `from ${etaText(earliest)} on`
  const [from, to] = [etaText(earliest), etaText(latest)]
  return from === to ? from : `${from} ${dash} ${to}`
}

/** What stands where a time to a limit would: `3 h 10 m`, `steady`, `too soon`, `now`; empty while nothing is known. */
export function timeText(time: TimeToLimit): string {
  switch (time.kind) {
    case 'heading':
      return etaText(time.eta.likely)
    case 'steady':
      return 'steady'
    case 'too soon':
      return 'too soon'
    case 'reached':
      return 'now'
    case 'unknown':
      return ''
  }
}

/** The clock of a moment to come: `17:42` today, `3 Dec` from tomorrow on. */
export function clockText(wallMs: number, nowMs: number): string {
  const text = moment(wallMs, nowMs)
  return /^\w{3} \d/.test(text) ? moment(wallMs, wallMs - 7 * DAY_S * 1000) : text
}

/** Whose limit and which: `/var 95 % full`, `memory 90 %`, `node 2 GiB limit`, `node 4 096 files`, `shop.example certificate ends`. */
export function limitText({ subject, ...limit }: Pick<LimitForecast, 'subject' | 'limit' | 'family'>): string {
  return `${subject} ${limitWords(limit)}`
}

/** Which limit, where it is plain whose: `95 % full`, `90 %`, `2 GiB limit`, `certificate ends`. */
export function limitWords({ limit, family }: Pick<LimitForecast, 'limit' | 'family'>): string {
  if (family === 'check') return `${limit} ends`
  return `${limit}${family === 'disk' && limit.endsWith('%') ? ' full' : ''}`
}

/** A limit on a few columns: `95 %`, `2 GiB`, `inodes`, `files`, `cert`. */
export function shortLimit(limit: string): string {
  if (limit === 'certificate') return 'cert'
  const [, counted] = /^[\d ]+(?:% of the )?([a-z]+)$/.exec(limit) ?? []
  return counted ?? limit.replace(/ limit$|,.*$/, '')
}

/** What will be reached and when: `95 % full in 3 h 10 m`; what ends on a day that is known says the day, `certificate ends 3 Dec`. */
export function crossingWords({
  eta,
  asOfMs,
  ...limit
}: Pick<LimitForecast, 'limit' | 'family' | 'asOfMs'> & { eta: Eta }): string {
  const words = limitWords(limit)
  return limit.family === 'check' && eta.likely >= DAY_S
    ? `${words} ${dayOfMonth(asOfMs + eta.likely * 1000)}`
    : `${words} in ${etaText(eta.likely)}`
}

/** `2 h 40 m – 4 h 05 m`; empty where the range says no more than the likely time does. */
export function spreadText(eta: Eta, dash?: string): string {
  const range = etaRange(eta, dash)
  return range === etaText(eta.likely) ? '' : range
}

/** `last 24 h`, `last 3 h`, `last 40 min`: how long forecasts have been judged. */
export function judgedText({ overS }: TrackRecord): string {
  if (overS < HOUR_S) return `last ${span(overS)}`
  return `last ${Math.min(24, Math.floor(overS / HOUR_S))} h`
}

/** `94 % inside the 95 % band`. */
export function insideText({ inside }: TrackRecord): string {
  return `${percent(inside, 0).figure} % inside the 95 % band`
}
