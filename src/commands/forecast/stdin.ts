import type { Readable, Writable } from 'node:stream'
import { LineTooLong, linesOf } from '../../lib/lines.ts'
import { answerLine } from './lines.ts'

const EXIT_MISTAKE = 3

/**
 * Answers each line as it comes; what is wrong with one is told on `complaints`, and the others are answered all the same. Resolves with
 * the exit code: 3 when a line was wrong.
 */
export async function answerLines(input: Readable, out: Writable, complaints: Writable): Promise<number> {
  let number = 0
  let code = 0
  const complain = (text: string) => {
    code = EXIT_MISTAKE
    complaints.write(`healthtop: line ${number}: ${text}\n`)
  }
  try {
    for await (const line of linesOf(input)) {
      number++
      if (line.trim() === '') continue
      const answered = answerLine(line)
      if ('problem' in answered) complain(answered.problem)
      // No faster than the reader takes it.
      else await new Promise((resolve) => out.write(`${JSON.stringify(answered.answer)}\n`, resolve))
    }
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error
    number++
    complain(error.message)
  }
  return code
}
