import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

// Runs before each test file (vitest.config.ts): no program that it starts reads a configuration of a person's, writes into their log, or
// attaches to a healthtop that they run; nor do two files meet in one state folder.
// It is made by whoever writes: where all tests of a file are skipped nobody would remove it.
const home = join(tmpdir(), `healthtop-test-${randomUUID()}`)
process.env.XDG_CONFIG_HOME = join(home, 'config')
process.env.XDG_STATE_HOME = join(home, 'state')
// No absolute path: there is no service of this machine to attach to.
process.env.HEALTHTOP_SERVICE_DIR = 'none'
delete process.env.STATE_DIRECTORY

afterAll(() => rmSync(home, { recursive: true, force: true }))
