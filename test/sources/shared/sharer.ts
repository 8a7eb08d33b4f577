import { systemClock } from '../../../src/lib/clock.ts'
import { PLAIN_QUERY } from '../../../src/model/processes.ts'
import { firstLook } from '../../../src/sources/live/first-look.ts'
import { createLiveSource } from '../../../src/sources/live/live.ts'
import { createSharedSource } from '../../../src/sources/shared/source.ts'

/**
 * A healthtop without engine and screen: shares the state folder and measures with the worker it is given, asks for the process that it
 * is given too, and says a line for each thing that happens: `role …`, `answer NAME`, `event …`, `own`, `sample`.
 */
async function main(): Promise<void> {
  const [stateFolder = '', workerPath = '', name = ''] = process.argv.slice(2)
  const say = (text: string) => process.stdout.write(`${text}\n`)
  const host = { platform: 'procfs', root: '/', clock: systemClock } as const
  const source = createSharedSource({
    stateFolder,
    command: 'run',
    version: '0.1.0',
    clock: systemClock,
    readOnly: false,
    live: () => createLiveSource({ ...host, intervalMs: 200, workerPath, readOnly: false }),
    first: () => firstLook(host),
    judge: () => ({ ok: true }),
    onRole: (role) => say(`role ${role.kind}${role.kind === 'attached' ? ` ${role.by.pid}` : ''}`),
  })
  source.query({ ...PLAIN_QUERY, id: 1, filter: name })
  source.start(({ processes, events = [], told, samples }) => {
    if (samples.some((sample) => sample.source === 'cpu' && !sample.warmup)) say('sample')
    // This program's own arguments name it too.
    for (const { command } of processes?.rows ?? [])
      if (/^shared-/.test(command)) say(`answer ${command.split(' ')[0]}`)
    for (const event of events) say(`event ${event.kind} ${event.text}`)
    if (told === 'own') say('own')
  })
  process.on('SIGTERM', async () => {
    await source.stop()
    process.exit(0)
  })
}

void main()
