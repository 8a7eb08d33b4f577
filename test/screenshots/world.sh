#!/usr/bin/env bash
# A small host of its own for the pictures: a process, host-name, network and mount namespace in which a few real programs do real work.
# Wants nginx, openssl and ping. Arguments: the folder of the build, then those of healthtop.
set -eu
dist=$(realpath "$1")
world=$(realpath "$(dirname "$0")/world")
shift
hostname web-03
ip link set lo up
ip address add 10.0.4.1/32 dev lo
# Whoever opened the terminal takes it away: all that runs here is killed in the end.
folder=$XDG_CONFIG_HOME
cp -r "$world/." "$folder"
ln -s "$dist/healthtop.cjs" "$folder/healthtop"
mkdir -p "$folder/.config/healthtop"
mv "$folder/healthtop.yaml" "$folder/.config/healthtop"
# No path of the machine where the pictures are made: all of it lies in /srv here.
mount --bind "$folder" /srv
cd /srv
export XDG_CONFIG_HOME=/srv/.config
bash certificates.sh
# None of them has the terminal: Node sets its modes back when it ends.
work() { "$@" >/dev/null 2>&1 & }
work node server.mjs
work node client.mjs
work node report.mjs --daily
work node api.mjs
work node cache.mjs
work node mail.mjs
work nginx -p /srv -c nginx.conf -e stderr
(while dd if=/dev/zero of=backup.img bs=1M count=4 oflag=dsync 2>/dev/null; do sleep 2; done) &
# They have a moment to start.
sleep 1
node healthtop "$@"
