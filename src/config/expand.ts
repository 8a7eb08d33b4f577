import { shortened } from '../lib/fields.ts'
import type { Secret } from '../lib/secrets.ts'
import type { Problem } from './problem.ts'
import { readSecretFile } from './secret-file.ts'

/** `$${` stands for `${`; `${NAME}` and `${file:PATH}` for what is there; an opening that nothing closes is a mistake. */
const MARK = /\$\$\{|\$\{([^}]*)(\}?)/g
const NAME = /^[A-Za-z_]\w*$/
const FILE = 'file:'

/** Whether a text has something in it that is expanded. */
export function isMarked(text: unknown): text is string {
  return typeof text === 'string' && text.replaceAll('$${', '').includes('${')
}

export interface Expanded {
  /** As the value that was given, with the texts expanded; parts in which there was nothing to expand are the very same. */
  readonly value: unknown
  readonly problems: readonly Problem[]
  readonly secrets: readonly Secret[]
  /** The files that were asked for, whether they are there or not. */
  readonly files: readonly string[]
}

/** Puts environment variables and the content of files in the places that name them, in every text of a value. */
export function expand(root: unknown, env: NodeJS.ProcessEnv): Expanded {
  const problems: Problem[] = []
  const secrets = new Map<string, Secret>()
  const files = new Map<string, ReturnType<typeof readSecretFile>>()
  // What an alias stands for is one object in several places, perhaps in itself.
  const known = new Map<object, unknown>()
  /** Where it is. */
  const at: (string | number)[] = []

  function readOnce(path: string): ReturnType<typeof readSecretFile> {
    const content = files.get(path) ?? readSecretFile(path)
    files.set(path, content)
    return content
  }

  function lookUp(inside: string): { readonly value: string } | { readonly reason: string } {
    if (inside.startsWith(FILE)) return readOnce(inside.slice(FILE.length))
    if (!NAME.test(inside))
      return {
        reason: `expected \${NAME} or \${file:/path}, got "\${${shortened(inside)}}"; a \${ that means itself is written $\${`,
      }
    const value = env[inside]
    return value === undefined ? { reason: `environment variable ${shortened(inside)} is not set` } : { value }
  }

  function text(written: string): string {
    return written.replace(MARK, (shown: string, inside: string | undefined, end: string | undefined) => {
      if (inside === undefined) return '${'
      const found =
        end === ''
          ? { reason: `"${shortened(shown)}" has no }; a \${ that means itself is written $\${` }
          : lookUp(inside)
      if ('reason' in found) {
        problems.push({ path: [...at], text: found.reason })
        return shown
      }
      if (found.value !== '' && !secrets.has(found.value)) secrets.set(found.value, { value: found.value, shown })
      return found.value
    })
  }

  function any(written: unknown): unknown {
    if (typeof written === 'string') return written.includes('${') ? text(written) : written
    if (typeof written !== 'object' || written === null) return written
    if (known.has(written)) return known.get(written)
    known.set(written, written)
    const value = Array.isArray(written) ? list(written) : mapping(written as Readonly<Record<string, unknown>>)
    known.set(written, value)
    return value
  }

  function below(part: string | number, written: unknown): unknown {
    at.push(part)
    const value = any(written)
    at.pop()
    return value
  }

  function list(written: readonly unknown[]): readonly unknown[] {
    const values = written.map((item, index) => below(index, item))
    return values.every((value, index) => value === written[index]) ? written : values
  }

  function mapping(written: Readonly<Record<string, unknown>>): object {
    const keys = Object.keys(written)
    const values = keys.map((key) => below(key, written[key]))
    if (values.every((value, index) => value === written[keys[index] as string])) return written
    return Object.fromEntries(keys.map((key, index) => [key, values[index]]))
  }

  const value = any(root)
  return { value, problems, secrets: [...secrets.values()], files: [...files.keys()] }
}
