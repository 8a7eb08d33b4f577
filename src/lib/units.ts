/** A number as people read it: figures and unit apart, because the unit is painted dim. */
export interface Quantity {
  /** `412`, `1.4`, `0.2`; ASCII only. */
  readonly figure: string
  /** `MiB`, `MB/s`, `%`, `ms`; empty where there is none. */
  readonly unit: string
}

const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const
const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** `412 %` … two forms: whole from 10 % up, one decimal below. `ratio` 1 is 100 %. */
export function percent(ratio: number, decimals: 'auto' | 0 | 1 | 2 = 'auto'): Quantity {
  const value = ratio * 100
  const digits = decimals === 'auto' ? (Math.abs(value) >= 9.95 ? 0 : 1) : decimals
  return { figure: value.toFixed(digits), unit: '%' }
}

/** Up to three significant digits; `large` figures lose their decimals. */
function three(value: number): string {
  const size = Math.abs(value)
  if (size >= 99.95) return value.toFixed(0)
  if (size >= 9.95) return value.toFixed(0)
  return value.toFixed(1)
}

function scaled(value: number, base: number, units: readonly string[], least: number): Quantity {
  let unit = least
  let rest = value / base ** least
  while (Math.abs(rest) >= 999.5 && unit < units.length - 1) {
    rest /= base
    unit++
  }
  return { figure: unit === 0 ? rest.toFixed(0) : three(rest), unit: units[unit] as string }
}

/** Memory and space, 1024-based: `412 MiB`, `1.4 GiB`; a value that would need four digits goes up a unit. Never below MiB. */
export function bytes(value: number): Quantity {
  return scaled(value, 1024, BINARY, 2)
}

/** Size of a file or an answer, 1024-based, to the byte while it is small: `318 B`, `1.5 KiB`, `12 MiB`. */
export function size(value: number): Quantity {
  return scaled(value, 1024, BINARY, 0)
}

/** Figures of a part and its whole in the whole's unit: `22.1` of `31.2 GiB`. */
export function bytesOf(part: number, whole: number): { part: string; whole: string; unit: string } {
  const { unit } = bytes(whole)
  const scale = 1024 ** BINARY.indexOf(unit as (typeof BINARY)[number])
  const digits = whole / scale < 99.95 ? 1 : 0
  return { part: (part / scale).toFixed(digits), whole: (whole / scale).toFixed(digits), unit }
}

/** The unit for traffic up to `most`: MB, kB only for what would be a row of zeros in MB, GB and up for four digits. */
function rateUnit(most: number): number {
  if (most < 100_000) return 1
  let unit = 2
  while (most / 1000 ** unit >= 999.5 && unit < DECIMAL.length - 1) unit++
  return unit
}

function rateFigure(bytesPerSecond: number, unit: number): string {
  const value = bytesPerSecond / 1000 ** unit
  return value >= 99.95 ? value.toFixed(0) : value.toFixed(1)
}

/** Traffic, 1000-based: `38.0 MB/s`, `0.1 MB/s`, `12.4 kB/s`, `1.2 GB/s`; without the `/s` when `bare`. */
export function rate(bytesPerSecond: number, bare = false): Quantity {
  const unit = rateUnit(bytesPerSecond)
  return { figure: rateFigure(bytesPerSecond, unit), unit: `${DECIMAL[unit]}${bare ? '' : '/s'}` }
}

/** Traffic figures that stand before one unit, which the largest of them chooses. What is not known is NaN and has no figure. */
export function rates(bytesPerSecond: readonly number[]): { figures: (string | undefined)[]; unit: string } {
  const unit = rateUnit(Math.max(0, ...bytesPerSecond.filter((value) => !Number.isNaN(value))))
  return {
    figures: bytesPerSecond.map((value) => (Number.isNaN(value) ? undefined : rateFigure(value, unit))),
    unit: `${DECIMAL[unit]}/s`,
  }
}

/** Time taken: `0.03 ms`, `0.4 ms`, `41 ms`, `1.24 s`. */
export function latency(seconds: number): Quantity {
  const ms = seconds * 1000
  if (ms >= 999.5) return { figure: seconds.toFixed(2), unit: 's' }
  return { figure: ms.toFixed(ms >= 9.95 ? 0 : ms >= 0.095 || ms === 0 ? 1 : 2), unit: 'ms' }
}

/** Clock frequency: `3.4 GHz`, below 1 GHz `800 MHz`. */
export function hertz(value: number): Quantity {
  return value >= 999.5e6
    ? { figure: (value / 1e9).toFixed(1), unit: 'GHz' }
    : { figure: (value / 1e6).toFixed(0), unit: 'MHz' }
}

/** Power: `8.4 W`, `65 W`. */
export function watts(value: number): Quantity {
  return { figure: three(value), unit: 'W' }
}

/** What happens so many times a second: `41/s`, `4.1 k/s`, below ten with a decimal. */
export function often(perSecond: number): Quantity {
  return { figure: perSecond > 0 && perSecond < 9.95 ? perSecond.toFixed(1) : count(perSecond), unit: '/s' }
}

/** CPU time: `6:12:40`, hours unbounded. */
export function cpuTime(seconds: number): string {
  const whole = Math.floor(seconds)
  const pad = (n: number) => String(n).padStart(2, '0')
  return `${Math.floor(whole / 3600)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`
}

/** A span of time: `48 s`, `12 min`, `3 h 10 m`, `9 d`, `41 d 6 h`; `over 99 d` is never needed: days go on. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min`
  if (whole < 86_400) {
    const minutes = Math.floor(whole / 60) % 60
    return minutes === 0
      ? `${Math.floor(whole / 3600)} h`
      : `${Math.floor(whole / 3600)} h ${String(minutes).padStart(2, '0')} m`
  }
  const hours = Math.floor(whole / 3600) % 24
  const days = Math.floor(whole / 86_400)
  return hours === 0 ? `${days} d` : `${days} d ${hours} h`
}

/** Counts: `412`, `1 204` (a thin group of three by a space), `4.1 k`, `2.3 M` where five digits would not fit. */
export function count(value: number): string {
  if (Math.abs(value) >= 999_500) return `${(value / 1e6).toFixed(1)} M`
  if (Math.abs(value) >= 9999.5) return `${(value / 1e3).toFixed(value >= 99_950 ? 0 : 1)} k`
  const whole = Math.round(value).toString()
  return whole.length > 3 ? `${whole.slice(0, -3)} ${whole.slice(-3)}` : whole
}

const pad2 = (n: number) => String(n).padStart(2, '0')
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `14:32:07` in local time. */
export function clockTime(wallMs: number): string {
  const date = new Date(wallMs)
  return `${pad2(date.getHours())}:${pad2(date.getMinutes())}:${pad2(date.getSeconds())}`
}

/** `17 Nov`. */
export function dayOfMonth(wallMs: number): string {
  const date = new Date(wallMs)
  return `${date.getDate()} ${MONTHS[date.getMonth()]}`
}

/** When it was, as seen at `nowMs`: `14:28` today, `Sun 12:50` within a week, `17 Nov` before. */
export function moment(wallMs: number, nowMs: number): string {
  const date = new Date(wallMs)
  const now = new Date(nowMs)
  const time = `${pad2(date.getHours())}:${pad2(date.getMinutes())}`
  if (date.toDateString() === now.toDateString()) return time
  if (Math.abs(nowMs - wallMs) < 6 * 86_400_000) return `${DAYS[date.getDay()]} ${time}`
  return dayOfMonth(wallMs)
}

/** `1 line`, `7 lines`: of words whose plural ends in s. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}
