/** What `healthtop forecast --help` says besides the options. */
export const FORECAST_HELP = `
Without a series: the limits of this machine, and where its main series go.
A series is a name of docs/metrics.md, with labels or without; quote it:
healthtop forecast cpu_used_ratio
healthtop forecast 'disk_used_ratio{mount="/"}' --threshold 95% --horizon 4h
healthtop forecast memory_used_ratio --plot

This version keeps no history, so it samples this machine for --for (60s), at
--interval: nothing is said before 30 samples. Any other series comes from a
file of times (Unix or ISO 8601) and values, with or without a heading:
healthtop forecast --file data.csv --plot
tail -n 5000 data.csv | healthtop forecast --file - --threshold 2GiB

--stdin answers JSON lines, one forecast a line:
{"id","freq_s","period","horizon","levels":[80,95],"values":[...]} with
{"id","mean":[...],"lo80":[...],"hi80":[...],"lo95":[...],"hi95":[...]}

Exit code 0; 3 for a mistake, or when there is no such series. How it is done
stands in docs/forecast.md. The options of healthtop work here too.
`
