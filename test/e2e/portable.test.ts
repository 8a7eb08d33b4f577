/** The tests of what a person sees, once more with `--probes portable`. What these probes cannot tell stands in probes.ts. */
process.env.HEALTHTOP_TEST_PROBES = 'portable'
await import('./accuracy.test.ts')
await import('./dashboard.test.ts')
await import('./hardship.test.ts')

export {}
