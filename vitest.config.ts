import { defineConfig } from 'vitest/config'
import { PlainReporter } from './test/reporter.ts'

export default defineConfig({
  test: {
    reporters: ['default', new PlainReporter()],
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // End-to-end tests start real programs: on two cores more files at once only make each other late.
    maxWorkers: 2,
    env: { TZ: 'UTC' },
  },
})
