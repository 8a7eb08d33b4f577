import { startTicksOf, thisPlace } from '../../../src/sources/shared/holder.ts'
import { takeLock } from '../../../src/sources/shared/lock.ts'

/**
 * A program that wants the lock of the folder it is given, looks again every few milliseconds while another has it, and says `taken`, or
 * `held PID` whenever that is somebody else. With the lock it holds it until it is ended, or lets go of it at the end of its input.
 */
function main(): void {
  const [folder = ''] = process.argv.slice(2)
  const startTicks = startTicksOf(process.pid)
  let heldBy: number | undefined

  function look(): void {
    const nonce = `${process.pid}-${process.hrtime.bigint()}`
    const me = { pid: process.pid, command: 'run', nonce, ...thisPlace(), ...(startTicks && { startTicks }) } as const
    const taking = takeLock({ folder, me, here: thisPlace() })
    if (taking.kind === 'taken') {
      process.stdout.write('taken\n')
      process.stdin.on('end', () => taking.lock.release()).resume()
      return
    }
    if (taking.kind === 'failed') throw new Error(taking.reason)
    if (taking.kind === 'held' && taking.by.pid !== heldBy) {
      heldBy = taking.by.pid
      process.stdout.write(`held ${heldBy}\n`)
    }
    setTimeout(look, 10)
  }
  look()
}

main()
