/** Terminals take no more than this (xterm's limit is about 100 KB of base64). */
const MOST_BYTES = 74_994

/** OSC 52: hands text to the clipboard of the terminal, which over SSH is the one in front of the person. Source: xterm ctlseqs, "Operating System Commands". */
export function clipboardSequence(text: string): string {
  const bytes = Buffer.from(text).subarray(0, MOST_BYTES)
  return `\x1b]52;c;${bytes.toString('base64')}\x07`
}
