import { span } from '../../../lib/units.ts'
import type { CheckDefinition } from '../../../model/check.ts'
import type { NamedLine } from './lines.ts'

const FROM = {
  configured: 'the configuration',
  discovered: 'found by looking at what listens here',
  given: 'the command line',
} as const

/** `15 s`, `500 ms`. */
export function shortSpan(ms: number): string {
  return ms < 1000 ? `${ms} ms` : span(ms / 1000)
}

/** `1 retry`, `3 retries`. */
export function retriesText(retries: number): string {
  return `${retries} ${retries === 1 ? 'retry' : 'retries'}`
}

/** `down after 2 failures in a row`. */
export function downText({ failures }: CheckDefinition): string {
  return failures === 1 ? 'down after 1 failure' : `down after ${failures} failures in a row`
}

/** What a check is, as it was configured, without what only its type knows: that may be secret. */
export function definitionLines(definition: CheckDefinition): readonly NamedLine[] {
  const { type, target, origin, group, intervalMs, timeoutMs, retries, successes, depends, labels } = definition
  const again = retries === 0 ? 'no retry' : retriesText(retries)
  const line = (name: string, value: string) => (value === '' ? [] : [{ name, value }])
  return [
    ...line('type', type),
    ...line('target', target),
    ...line('asked', `every ${shortSpan(intervalMs)}, within ${shortSpan(timeoutMs)}, ${again}`),
    ...line('judged', `${downText(definition)}, up after ${successes}`),
    ...line('depends on', depends.join(', ')),
    ...line('group', group ?? ''),
    ...line(
      'labels',
      Object.entries(labels)
        .map(([name, value]) => `${name}=${value}`)
        .join('  '),
    ),
    ...line('from', FROM[origin]),
  ]
}
