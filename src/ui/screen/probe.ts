import { afterReading } from './after-reading.ts'
import type { Answers, Questions } from './detect.ts'
import type { Reply, Rgb } from './reply.ts'

/** How long answers may take. On a slower line the environment and the defaults decide; late answers are no keys either. */
export const PROBE_MS = 50

/**
 * Two bytes in UTF-8, one column in every width table (it is not "ambiguous", as é is), and two columns in Latin-1, where each of
 * its bytes is printable.
 */
const GLYPH = 'ñ'
/** In the second row: a report from the first one reads like F3 with modifiers. */
const ASK_CHARSET = `\x1b[2;1H${GLYPH}\x1b[6n\x1b[2;1H\x1b[K`
const ASK_BACKGROUND = '\x1b]11;?\x1b\\'
/** DA1: answered by all, after everything before it, so that silence about the rest is known early. */
const ASK_ATTRIBUTES = '\x1b[c'

/** One text that asks all of it; '' when there is nothing to ask. */
export function probeQuery({ background, charset }: Questions): string {
  if (!background && !charset) return ''
  return (background ? ASK_BACKGROUND : '') + (charset ? ASK_CHARSET : '') + ASK_ATTRIBUTES
}

/** What a probe needs of the terminal, which is in raw mode and reading. */
export interface ProbePort {
  write(text: string): void
  /** Hears every reply until the function that it returns is called. */
  listen(listener: (reply: Reply) => void): () => void
}

/** Asks, and resolves with what was answered: as soon as the last answer is there, at the latest after `timeoutMs`. */
export function probeTerminal(port: ProbePort, asked: Questions, timeoutMs: number = PROBE_MS): Promise<Answers> {
  const query = probeQuery(asked)
  if (query === '') return Promise.resolve({})
  return new Promise((resolve) => {
    let background: Rgb | undefined
    let column: number | undefined
    const done = (): void => {
      cancel()
      stop()
      resolve({ ...(background === undefined ? {} : { background }), ...(column === undefined ? {} : { column }) })
    }
    const cancel = afterReading(timeoutMs, done)
    const stop = port.listen((reply) => {
      if (reply.kind === 'background') background = reply.colour
      else if (reply.kind === 'cursor') column = reply.column
      else if (reply.kind === 'attributes') done()
    })
    port.write(query)
  })
}
