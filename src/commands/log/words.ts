import type { Line } from '../../log/line.ts'

/** Whether all words, in lower case, occur in what a line tells: names, states, series, sentences. */
export function hasWords(line: Line, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = toldBy(line)
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase()
  return words.every((word) => text.includes(word))
}

function toldBy(line: Line): readonly (string | undefined)[] {
  switch (line.kind) {
    case 'metrics':
      return Object.keys(line.values)
    case 'processes':
      return line.processes.flatMap(({ pid, name, user, unit }) => [`${pid}`, name, user, unit])
    case 'check':
      return [line.check, line.state, line.result, line.reason, line.error]
    case 'alert':
      return [line.name, line.state, line.severity, line.series, line.subject, line.text, line.cause, line.resolution]
    case 'event':
      return [line.event, line.level, line.subject, line.text, line.cause, line.alert]
  }
}
