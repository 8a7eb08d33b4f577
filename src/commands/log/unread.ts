import { spawn } from 'node:child_process'
import { fstatSync } from 'node:fs'

/**
 * Calls `gone` when nobody reads a pipe any more, though nothing is written to it: Node cannot ask that, poll(2) can. GNU's tail(1) with the
 * pipe as its stdout ends by SIGPIPE then, within a second; where there is none, or another one, it is noticed when the next line is written.
 * What is no pipe is not looked at. Gives back what ends the looking.
 */
export function whenUnread(fd: number, gone: () => void): () => void {
  if (!fstatSync(fd).isFIFO()) return () => {}
  const args = ['--follow', '--sleep-interval=1', `--pid=${process.pid}`, '/dev/null']
  const tail = spawn('tail', args, { stdio: ['ignore', fd, 'ignore'] })
  tail.on('error', () => {
    // There is none.
  })
  tail.on('exit', (_, signal) => {
    if (signal === 'SIGPIPE') gone()
  })
  tail.unref()
  return () => void tail.kill()
}
