import { writeSync } from 'node:fs'
import { createLogWriter } from '../../src/log/writer.ts'
import { numbered } from './places.ts'

/**
 * A program that appends lines, numbered from its second argument on, to the log in its first one until it is killed, and says on stdout how
 * many of them have been reported as written. Its clock stands still, so that all lines are in one file.
 */
const [folder = '', first = '0'] = process.argv.slice(2)
const clock = { wallMs: () => 1_795_615_329_870, monoMs: () => performance.now() }
const writer = createLogWriter({ folder, clock })
let number = Number(first)

async function append(): Promise<void> {
  for (let round = 0; ; round++) {
    // Now and then as much as a storm of alerts has, which is many pages, and what is appended while a write is under way.
    const count = round % 7 === 6 ? 60 : 1 + (round % 4)
    for (let index = 0; index < count; index++) writer.append([numbered(number++, round % 7 === 6 ? 4000 : 40)])
    const { written } = await writer.flush()
    writeSync(1, `${written}\n`)
  }
}

void append()
