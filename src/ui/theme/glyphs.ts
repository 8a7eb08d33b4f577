/** The characters painters draw with; one table for Unicode, one for ASCII (look: "Glyphs"). Each is one column wide. */
export interface Glyphs {
  readonly ascii: boolean
  readonly corner: {
    readonly topLeft: string
    readonly topRight: string
    readonly bottomLeft: string
    readonly bottomRight: string
  }
  readonly focusCorner: { readonly left: string; readonly right: string }
  readonly horizontal: string
  readonly focusHorizontal: string
  readonly vertical: string
  readonly gauge: {
    readonly used: string
    readonly half: string
    readonly soon: string
    readonly rest: string
    readonly limit: string
  }
  /** Small chart: lowest to highest. */
  readonly ramp: readonly string[]
  /** Half a cell, for the edges of a band. */
  readonly half: { readonly upper: string; readonly lower: string }
  readonly failed: string
  readonly now: string
  readonly limitLine: string
  readonly crossing: { readonly line: string; readonly likely: string }
  readonly eventMark: string
  readonly selection: string
  readonly tree: { readonly branch: string; readonly lastBranch: string; readonly line: string }
  /** A group whose members are shown, and one whose are not. */
  readonly opened: string
  readonly closed: string
  /** In the left margin of a list: tagged, new, ended. */
  readonly tagged: string
  readonly added: string
  readonly ended: string
  readonly zero: string
  readonly ellipsis: string
  readonly loading: string
  readonly down: string
  readonly up: string
  readonly minus: string
  readonly dash: string
  readonly middot: string
  readonly degree: string
  /** Severity and mode symbols. */
  readonly critical: string
  readonly warning: string
  readonly well: string
  readonly unknown: string
  readonly event: string
  readonly live: string
  readonly pausedMode: string
  readonly acknowledged: string
}

export const UNICODE: Glyphs = {
  ascii: false,
  corner: { topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯' },
  focusCorner: { left: '┍', right: '┑' },
  horizontal: '─',
  focusHorizontal: '━',
  vertical: '│',
  gauge: { used: '━', half: '╸', soon: '╍', rest: '─', limit: '┊' },
  ramp: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  half: { upper: '▀', lower: '▄' },
  failed: '·',
  now: '┊',
  limitLine: '┈',
  crossing: { line: '━', likely: '◆' },
  eventMark: '▾',
  selection: '▌',
  tree: { branch: '├', lastBranch: '└', line: '│' },
  opened: '−',
  closed: '+',
  tagged: '◆',
  added: '+',
  ended: '−',
  zero: '·',
  ellipsis: '…',
  loading: '⋯',
  down: '↓',
  up: '↑',
  minus: '−',
  dash: '–',
  middot: '·',
  degree: '°',
  critical: '✖',
  warning: '▲',
  well: '●',
  unknown: '◌',
  event: '▸',
  live: '●',
  pausedMode: 'Ⅱ',
  acknowledged: '✓',
}

export const ASCII: Glyphs = {
  ascii: true,
  corner: { topLeft: '+', topRight: '+', bottomLeft: '+', bottomRight: '+' },
  focusCorner: { left: '+', right: '+' },
  horizontal: '-',
  focusHorizontal: '=',
  vertical: '|',
  gauge: { used: '#', half: '#', soon: '=', rest: '.', limit: '|' },
  ramp: ['_', '.', '-', '=', '+', '*', '#', '@'],
  half: { upper: '.', lower: '.' },
  failed: 'X',
  now: '|',
  limitLine: '-',
  crossing: { line: '=', likely: '#' },
  eventMark: 'v',
  selection: '>',
  tree: { branch: '|', lastBranch: '`', line: '|' },
  opened: '-',
  closed: '+',
  tagged: '*',
  added: '+',
  ended: '-',
  zero: '.',
  ellipsis: '~',
  loading: '~',
  down: 'v',
  up: '^',
  minus: '-',
  dash: '-',
  middot: '-',
  degree: '',
  critical: 'X',
  warning: '!',
  well: '*',
  unknown: '?',
  event: '-',
  live: '*',
  pausedMode: '=',
  acknowledged: 'v',
}
