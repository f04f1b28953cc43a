#!/bin/sh
# Deploys Sagitta's EAR on a WildFly 39 (standalone-full.xml).
#
#   deploy.sh WILDFLY_HOME DATA_DIR [HTTP_PORT] [key=value]...
#
# Stops the server if it runs, sets what Sagitta needs, deploys, and starts the server. Everything
# listens on 127.0.0.1 only. Needs JDK 25 in JAVA_HOME; SAGITTA_HEAP is the heap, 2g by default. Run
# it again to redeploy or to change settings.
set -eu

fail() { echo "deploy: $*" >&2; exit 1; }

[ $# -ge 2 ] || fail "usage: deploy.sh WILDFLY_HOME DATA_DIR [HTTP_PORT] [key=value]..."
wildfly=$1
data=$2
port=${3:-19530}
[ $# -ge 3 ] && shift 3 || shift 2
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
embedding=$(CDPATH='' cd -- "$here/.." && pwd)/ear/ear/target/embedding
ear=$(CDPATH='' cd -- "$here/.." && pwd)/ear/ear/target/sagitta.ear
[ -f "$wildfly/bin/jboss-cli.sh" ] || fail "no jboss-cli.sh in $wildfly/bin"
[ -f "$ear" ] || fail "the EAR is not built: $ear"
[ -x "${JAVA_HOME:-}/bin/java" ] || fail "JAVA_HOME must name a JDK 25"
wildfly=$(CDPATH='' cd -- "$wildfly" && pwd)
mkdir -p "$data"
data=$(CDPATH='' cd -- "$data" && pwd)
# Another installation's variables must not lead the server's scripts astray.
unset JBOSS_HOME JAVA_OPTS

cli() { sh "$wildfly/bin/jboss-cli.sh" "$@"; }
running() { cli --connect --command=':read-attribute(name=server-state)' 2>/dev/null | grep -q running; }

if running; then
  cli --connect --command=:shutdown
fi

# Settings and EAR go into standalone-full.xml while the server is down: it starts once, complete.
commands=$data/wildfly-deploy.cli
{
  echo 'embed-server --server-config=standalone-full.xml --std-out=discard'
  cat "$here/adapters.cli"
  echo "/socket-binding-group=standard-sockets/socket-binding=http:write-attribute(name=port,value=$port)"
  for setting in "sagitta.object-store.local.directory=$data/store" "sagitta.wal.directory=$data/wal" \
      "sagitta.query-node.cache-directory=$data/cache" \
      "sagitta.function.text-embedding.local.directory=$embedding" "sagitta.rest.port=$port" \
      "sagitta.cluster.bind=127.0.0.1:$((port + 1))" "sagitta.wal.acceptor=127.0.0.1:$((port + 2))" \
      "$@"; do
    property="/system-property=${setting%%=*}"
    echo "if (outcome == success) of $property:read-resource"
    echo "  $property:remove"
    echo "end-if"
    echo "$property:add(value=\"${setting#*=}\")"
  done
  echo "deploy \"$ear\" --name=sagitta.ear --force"
  echo stop-embedded-server
} >"$commands"
cli --file="$commands"

# What the JVM needs, in the file that WildFly's own scripts read: any later start has it too.
configuration=$wildfly/bin/standalone.conf
if ! grep -q sagitta "$configuration"; then
  cat >>"$configuration" <<'CONFIGURATION'

# For sagitta.ear
JAVA_OPTS="$JAVA_OPTS -Xmx${SAGITTA_HEAP:-2g} --add-modules=jdk.incubator.vector --sun-misc-unsafe-memory-access=allow"
CONFIGURATION
fi

mkdir -p "$wildfly/standalone/log"
nohup sh "$wildfly/bin/standalone.sh" -c standalone-full.xml -b 127.0.0.1 -bmanagement 127.0.0.1 \
  >"$wildfly/standalone/log/console.log" 2>&1 </dev/null &
tries=0
until running; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || fail "WildFly did not start: see $wildfly/standalone/log"
  sleep 1
done
cli --connect --command='deployment-info --name=sagitta.ear' | grep -q 'OK *$' || {
  cli --connect --command=:shutdown
  fail "the deployment failed: see $wildfly/standalone/log/server.log"
}
echo "Sagitta is deployed: http://127.0.0.1:$port, management: http://127.0.0.1:9990"
