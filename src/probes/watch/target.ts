import { safeText } from '../../lib/text.ts'
import { reachOf } from '../../model/process-filter/pattern.ts'
import type { WatchTarget } from '../../model/watch.ts'
import type { ProcessEntry } from '../processes/entry.ts'

/** A wrapper's command line (sudo, npx, a shell) names what is watched too. */
const WATCHING = /\bhealthtop\b.*\swatch\s/

const ZOMBIE = 'Z'

function text(entry: ProcessEntry, field: 'name' | 'command' | 'state'): string {
  return String(entry.known(field) ?? '')
}

/** `/usr/sbin/nginx -g x` → `nginx`; what was written over the arguments (`nginx: worker`) → `nginx:`. */
function programName(command: string): string {
  const [program = ''] = command.split(' ', 1)
  return program.slice(program.lastIndexOf('/') + 1)
}

/**
 * A test for who is meant. healthtop itself (the pid `self`), and whoever started it to watch, are never meant by a name or a pattern; nor is a
 * zombie: it has ended, its parent has only not taken notice. A pattern that is no regular
 * expression, or one that could take for ever, is searched as plain text.
 */
export function matcher(target: WatchTarget, self: number): (entry: ProcessEntry) => boolean {
  if (target.kind === 'process') {
    const { pid, startTicks } = target.id
    return (entry) => entry.pid === pid && entry.startTicks === startTicks
  }
  if (target.kind === 'pid') return (entry) => entry.pid === target.pid
  const meant = target.kind === 'name' ? nameMatcher(target.name) : patternMatcher(target.source)
  return (entry) =>
    meant(entry) && entry.pid !== self && text(entry, 'state') !== ZOMBIE && !WATCHING.test(text(entry, 'command'))
}

function nameMatcher(wanted: string): (entry: ProcessEntry) => boolean {
  const name = wanted.toLowerCase()
  return (entry) =>
    text(entry, 'name').toLowerCase() === name || programName(text(entry, 'command')).toLowerCase() === name
}

function patternMatcher(source: string): (entry: ProcessEntry) => boolean {
  const pattern = compile(source)
  return (entry) => pattern.test(text(entry, 'command'))
}

function compile(source: string): { test(text: string): boolean } {
  try {
    const regex = new RegExp(source)
    const reach = reachOf(source)
    // One that could take for ever would hang whoever measures; the command line refuses it before it comes here.
    if (typeof reach === 'number') return { test: (text) => regex.test(text.slice(0, reach)) }
    return { test: (text) => text.includes(source) }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { test: (text) => text.includes(source) }
  }
}

/** The value of the label `process`; */
export function labelOf(target: WatchTarget): string {
  if (target.kind === 'process') return `${target.name} ${target.id.pid}`
  if (target.kind === 'pid') return `pid ${target.pid}`
  return safeText(target.kind === 'name' ? target.name : target.source)
}
