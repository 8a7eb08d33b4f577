/** The tests of services, once more with `--probes portable`. */
process.env.HEALTHTOP_TEST_PROBES = 'portable'
await import('./checks.test.ts')
await import('./checks-found.test.ts')

export {}
