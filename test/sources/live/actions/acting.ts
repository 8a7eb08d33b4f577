import type { ProcessCommand } from '../../../../src/model/source.ts'
import { thisMachine } from '../../../../src/sources/live/actions/action.ts'
import { perform } from '../../../../src/sources/live/actions/perform.ts'

/** Performs the command that is its argument, as who runs it, and writes the outcome. */
const command: ProcessCommand = JSON.parse(process.argv[2] ?? '')
void perform(command, thisMachine('/', new AbortController().signal)).then((outcome) => {
  process.stdout.write(JSON.stringify(outcome))
})
