# What runs on this host, and healthtop in front of it. Arguments: those of healthtop; or `shell`; or `attached`, where it shows what another one measures.
set -eu
export XDG_CONFIG_HOME=/srv/.config XDG_STATE_HOME=/srv/.state
bash certificates.sh
# So many descriptors a process may have.
ulimit -n 4096
# None of them has the terminal: Node sets its modes back when it ends.
work() { "$@" >/dev/null 2>&1 & }
work node server.mjs
work node client.mjs
work node report.mjs --daily
work node api.mjs
work node cache.mjs
work node mail.mjs
work node vacuum-logs.mjs --dir /var/log --keep all
work nginx -p /srv -c nginx.conf -e stderr
(while dd if=/dev/zero of=backup.img bs=1M count=1 oflag=dsync 2>/dev/null; do sleep 2; done) &
# They have a moment to start.
sleep 1
if [ "${1-}" = shell ]; then
  PATH=$PATH:/srv PS1='\h:~# ' HISTFILE= exec bash --norc
fi
if [ "${1-}" = attached ]; then
  shift
  work node healthtop run
  sleep 2
fi
node healthtop "$@"
