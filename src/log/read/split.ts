import { LONGEST_LINE } from '../decode.ts'

/** A longer line is none that was written, whatever it holds: no code unit takes more than three bytes of UTF-8. */
const LONGEST = 3 * LONGEST_LINE

const NEWLINE = 10

/** A line of a file, without its `\n`. */
export interface RawLine {
  /** Only true until the next bytes are pushed. */
  readonly bytes: Buffer
  /** Where it begins in the file, in bytes. */
  readonly offset: number
}

/** Cuts bytes into lines, holding no more than one line and one piece of the file. */
export interface Splitter {
  /** The lines that end in these bytes. Empty ones are left out. */
  push(bytes: Buffer): readonly RawLine[]
  /** What has come behind the last `\n`: a line that is not ended, or undefined. */
  rest(): RawLine | undefined
  /** Lines that were longer than any that was written, each left out and counted. */
  readonly tooLong: number
}

/** `offset`: where in the file the first byte that is pushed stands. */
export function createSplitter(offset = 0): Splitter {
  let held: Buffer[] = []
  let length = 0
  /** Where the line that is held began. */
  let began = offset
  let at = offset
  let skips = false
  let tooLong = 0
  const forget = () => {
    held = []
    length = 0
  }
  const hold = (bytes: Buffer) => {
    if (skips || bytes.length === 0) return
    if (length + bytes.length > LONGEST) {
      skips = true
      tooLong++
      forget()
      return
    }
    // A copy: the piece of the file that it is of is a hundred times as large, or will be written over.
    held.push(Buffer.from(bytes))
    length += bytes.length
  }
  return {
    push(bytes) {
      const lines: RawLine[] = []
      let from = 0
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
        const part = bytes.subarray(from, end)
        if (length > 0 || skips || part.length > LONGEST) {
          hold(part)
          if (!skips)
            lines.push({ bytes: held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held), offset: began })
          forget()
          skips = false
        } else if (part.length > 0) lines.push({ bytes: part, offset: began })
        from = end + 1
        began = at + from
      }
      hold(bytes.subarray(from))
      at += bytes.length
      return lines
    },
    rest: () => (length === 0 ? undefined : { bytes: Buffer.concat(held), offset: began }),
    get tooLong() {
      return tooLong
    },
  }
}
