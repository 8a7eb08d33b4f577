/** What text comes from: a file, or stdin. */
type Bytes = AsyncIterable<Uint8Array>

/** Longer lines are no text that anybody wrote: they end with an error instead of eating all memory. */
const LONGEST = 256 * 1024 * 1024

/** A line that has no end within what can be held. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong'
}

/**
 * Lines of UTF-8, as they come, without their `\n` or `\r\n`; the last one may lack it. Other separators that JSON allows inside a string
 * (U+2028) stay in their line. `read` is told how many bytes came. Rejects as the source does, and with LineTooLong where a line has more than
 * `longest` characters.
 */
export async function* linesOf(
  source: Bytes,
  read: (bytes: number) => void = () => {},
  longest = LONGEST,
): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of source) {
    read(bytes.length)
    const text = decoder.decode(bytes, { stream: true })
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      yield withoutReturn(rest + text.slice(from, end))
      rest = ''
      from = end + 1
    }
    rest += text.slice(from)
    if (rest.length > longest) throw new LineTooLong(`a line is longer than ${longest} characters`)
  }
  rest += decoder.decode()
  if (rest !== '') yield withoutReturn(rest)
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
