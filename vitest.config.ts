import { defineConfig } from 'vitest/config'
import { PlainReporter } from './test/reporter.ts'

export default defineConfig({
  test: {
    reporters: ['default', new PlainReporter()],
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/own-folders.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // End-to-end tests wait more than they compute: three files fill two cores; with more they make each other late.
    maxWorkers: 3,
    // What is waited for comes late on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    env: { TZ: 'UTC' },
  },
})
