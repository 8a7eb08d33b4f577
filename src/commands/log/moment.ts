import { parseDuration } from '../../lib/duration.ts'

/** Moments as they may be said, for errors. */
export const MOMENTS = ['2h', '14:30', '2026-11-25', '2026-11-25T14:30'] as const

/**
 * Wall time of a moment as people write it: a duration before now, a time of the day (the last one that was), a day (its beginning) or a moment
 * of it in local time unless it says its zone (ISO 8601), Unix milliseconds. Undefined for anything else.
 */
export function parseMoment(text: string, nowMs: number): number | undefined {
  const said = text.trim()
  const duration = parseDuration(said)
  if (duration !== undefined) return nowMs - duration
  if (/^\d{12,14}$/.test(said)) return Number(said)
  const clock = /^(\d\d?):(\d\d)(?::(\d\d))?$/.exec(said)
  if (clock !== null)
    return lastClock(
      clock.slice(1).map((figure) => Number(figure ?? 0)),
      nowMs,
    )
  const [, day, time, zone = ''] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/i.exec(said) ?? []
  if (day === undefined || !isDay(day)) return undefined
  // Without a time ECMAScript takes the day for one of UTC.
  const ms = Date.parse(`${day}T${time ?? '00:00'}${zone.toUpperCase()}`)
  return Number.isNaN(ms) ? undefined : ms
}

/** Date.parse takes the 31st of a short month for the 1st of the next. */
function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}

function lastClock([hours = 0, minutes = 0, seconds = 0]: readonly number[], nowMs: number): number | undefined {
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined
  // By days of the calendar: one may have 23 hours, or 25.
  const at = (daysAgo: number) => {
    const day = new Date(nowMs)
    day.setDate(day.getDate() - daysAgo)
    return day.setHours(hours, minutes, seconds, 0)
  }
  return at(0) <= nowMs ? at(0) : at(1)
}
