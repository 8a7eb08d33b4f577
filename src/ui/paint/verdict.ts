import type { LogEvent } from '../../model/event.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import type { Token } from '../theme/tokens.ts'

/** The colour of a verdict, or of something that merely happened. */
export function levelToken(level: LogEvent['level']): Token {
  switch (level) {
    case 'critical':
      return 'crit'
    case 'warning':
      return 'warn'
    case 'ok':
      return 'ok'
    case 'unknown':
      return 'unknown'
    case 'event':
      return 'dim'
  }
}

/** The symbol of a verdict, or of something that merely happened. */
export function levelSymbol(level: LogEvent['level'], glyphs: Glyphs): string {
  switch (level) {
    case 'ok':
      return glyphs.well
    default:
      return glyphs[level]
  }
}
