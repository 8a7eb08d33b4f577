import { logJsonSchema } from '../src/log/schema.ts'

/** Prints the JSON Schema of the lines of the log, as it is published. */
process.stdout.write(`${JSON.stringify(logJsonSchema(), null, 2)}\n`)
