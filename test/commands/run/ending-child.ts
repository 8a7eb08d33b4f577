import { untilEnded } from '../../../src/commands/run/ending.ts'

/** What a test starts: something that runs until it is ended, and throws what nobody catches. */
setTimeout(() => {
  throw new Error('nobody \u001b[2J caught this')
}, 1)
setTimeout(() => {}, 60_000)
void untilEnded(process.stdout)
