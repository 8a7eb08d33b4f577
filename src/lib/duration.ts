const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of a duration such as `500ms`, `3s`, `1m`, `2h` or `14d`; undefined for anything else, zero included. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim())
  if (!match) return undefined
  const value = Number(match[1]) * (UNITS[match[2] as string] as number)
  return value > 0 ? value : undefined
}

/** The same, zero included: `0`, `0s`. */
export function parseDurationOrZero(text: string): number | undefined {
  return /^0(?:ms|s|m|h|d)?$/.test(text.trim()) ? 0 : parseDuration(text)
}

/** Milliseconds as `parseDuration` reads them, in the largest unit that needs no decimals: `500ms`, `90s`, `26h`, `14d`; zero is `0s`. */
export function durationText(ms: number): string {
  if (ms === 0) return '0s'
  const unit = Object.keys(UNITS).findLast((name) => ms % (UNITS[name] as number) === 0) ?? 'ms'
  return `${ms / (UNITS[unit] as number)}${unit}`
}
