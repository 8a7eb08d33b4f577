import { check } from './check.ts'
import type { Declare } from './command.ts'
import { config } from './config.ts'
import { forecast } from './forecast.ts'
import { help } from './help.ts'
import { init } from './init.ts'
import { log } from './log.ts'
import { run } from './run.ts'
import { snapshot } from './snapshot.ts'
import { watch } from './watch.ts'

/** The commands of healthtop, in the order in which its help lists them. */
export const COMMANDS: readonly Declare[] = [snapshot, check, forecast, log, run, init, watch, config, help]
