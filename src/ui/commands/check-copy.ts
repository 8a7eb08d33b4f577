import type { CheckDefinition } from '../../model/check.ts'

/** Characters that no shell makes anything of. */
const PLAIN = /^[A-Za-z0-9@%+=:,./_-]+$/
/** Methods that change nothing. Any other is left to whoever pastes the line. */
const HARMLESS: ReadonlySet<string> = new Set(['HEAD', 'OPTIONS'])

/** Between the URL and the Unix socket of a target that has one. */
const AT_SOCKET = / at (?=\/)/

/** A word for a POSIX shell that means just itself (POSIX 2.2.2: nothing is special between single quotes). */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** How the command line names what is checked: `tcp://127.0.0.1:25`, `process:nginx`. */
function commandTarget({ type, target }: CheckDefinition): string {
  if (/^[a-z][a-z0-9+]*:\/\//.test(target) || target.startsWith(`${type}:`)) return target
  if (type === 'icmp') return `ping://${target}`
  if (type === 'dns') {
    const [name = '', ...rest] = target.split(' ')
    const server = rest.find((word) => word.startsWith('@')) ?? ''
    return `dns://${name}${server}`
  }
  if (type === 'tcp' || type === 'udp' || type === 'tls') return `${type}://${target}`
  return `${type}:${target.startsWith(`${type} `) ? target.slice(type.length + 1) : target}`
}

export interface CopiedCommand {
  readonly text: string
  /** What was copied, for the footer. */
  readonly what: string
}

/**
 * A command line that asks the same: of an HTTP check for curl, of any other for healthtop itself. Settings may be secrets, and none of
 * them is in it: what is not in the target is left to whoever pastes the line. A check of the configuration is called by its name, which
 * brings its settings along.
 */
export function checkCommand(definition: CheckDefinition): CopiedCommand {
  const { type, target, settings, origin, name } = definition
  if (type === 'http' && /^https?:/.test(target)) {
    const [url = '', socket] = target.split(AT_SOCKET)
    const method = typeof settings.method === 'string' ? settings.method.toUpperCase() : ''
    const how = method === 'HEAD' ? ['--head'] : HARMLESS.has(method) ? ['-i', '-X', method] : ['-i']
    const where = socket === undefined ? [] : ['--unix-socket', shellWord(socket)]
    return { text: ['curl', '-sS', ...how, ...where, '--', shellWord(url)].join(' '), what: 'curl command' }
  }
  const asked = origin === 'configured' ? name : commandTarget(definition)
  const dashes = asked.startsWith('-') ? ['--'] : []
  return { text: ['healthtop', 'check', ...dashes, shellWord(asked)].join(' '), what: 'command' }
}
