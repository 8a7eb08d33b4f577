import type { ProcessField } from '../processes.ts'
import type { Pattern } from './pattern.ts'

/** What a filter asks of a process: the value of a field, '' for what it has none of (a unit, a container), undefined when it is not known. */
export interface Known {
  known(field: ProcessField): number | string | undefined
}

/** Three-valued: undefined when what is known does not tell. Times are Unix milliseconds. */
export type Test = (entry: Known, nowMs: number) => boolean | undefined

export const all: Test = () => true

export function not(test: Test): Test {
  return (entry, nowMs) => {
    const result = test(entry, nowMs)
    return result === undefined ? undefined : !result
  }
}

/** False as soon as one is false, whatever is not known of the others. */
export function every(tests: readonly Test[]): Test {
  if (tests.length === 1) return tests[0] as Test
  return (entry, nowMs) => {
    let result: boolean | undefined = true
    for (const test of tests) {
      const one = test(entry, nowMs)
      if (one === false) return false
      if (one === undefined) result = undefined
    }
    return result
  }
}

/** True as soon as one is true, whatever is not known of the others. */
export function some(tests: readonly Test[]): Test {
  if (tests.length === 1) return tests[0] as Test
  return (entry, nowMs) => {
    let result: boolean | undefined = false
    for (const test of tests) {
      const one = test(entry, nowMs)
      if (one === true) return true
      if (one === undefined) result = undefined
    }
    return result
  }
}

/** Whether the text of a field passes. A process whose cgroup is known has no unit or container unless that is known too. */
export function text(field: ProcessField, passes: (value: string) => boolean): Test {
  const placed = field === 'unit' || field === 'container'
  return (entry) => {
    const value = entry.known(field) ?? (placed && entry.known('cgroup') !== undefined ? '' : undefined)
    return value === undefined ? undefined : passes(String(value))
  }
}

/** Whether the number of a field passes. */
export function number(field: ProcessField, passes: (value: number) => boolean): Test {
  return (entry) => {
    const value = entry.known(field)
    return typeof value === 'number' && !Number.isNaN(value) ? passes(value) : undefined
  }
}

/** Whether the seconds since the moment of a field pass. */
export function age(field: ProcessField, passes: (seconds: number) => boolean): Test {
  return (entry, nowMs) => {
    const value = entry.known(field)
    return typeof value === 'number' && !Number.isNaN(value) ? passes((nowMs - value) / 1000) : undefined
  }
}

const nameAndCommand = (passes: (value: string) => boolean): Test =>
  some([text('name', passes), text('command', passes)])

/** Whether a text has this one in it, in any case. Cheaper than making thousands of texts lower case. */
export function contains(part: string): (value: string) => boolean {
  const pattern = new RegExp(part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'i')
  return (value) => pattern.test(value)
}

/** The name or the command has this text. */
export function word(part: string): Test {
  return nameAndCommand(contains(part))
}

/** The beginning of the name or of the command matches. */
export function pattern({ regex, reach }: Pattern): Test {
  return nameAndCommand((value) => regex.test(value.length > reach ? value.slice(0, reach) : value))
}
