#!/bin/sh
# Deploys Sagitta's EAR on a running or stopped WildFly 39 (standalone-full.xml).
#
#   deploy.sh WILDFLY_HOME DATA_DIR [HTTP_PORT] [key=value]...
#
# Starts the server if it is down, defines the resource adapters, and deploys. Needs JDK 25 in
# JAVA_HOME. Run again to redeploy.
set -eu

fail() { echo "deploy: $*" >&2; exit 1; }

[ $# -ge 2 ] || fail "usage: deploy.sh WILDFLY_HOME DATA_DIR [HTTP_PORT] [key=value]..."
wildfly=$1
data=$2
port=${3:-19530}
[ $# -ge 3 ] && shift 3 || shift 2
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
ear=$(CDPATH='' cd -- "$here/.." && pwd)/ear/ear/target/sagitta.ear
cli="$wildfly/bin/jboss-cli.sh"
[ -x "$cli" ] || fail "no jboss-cli.sh in $wildfly/bin"
[ -f "$ear" ] || fail "the EAR is not built: $ear"
[ -x "${JAVA_HOME:-}/bin/java" ] || fail "JAVA_HOME must name a JDK 25"
mkdir -p "$data"
data=$(CDPATH='' cd -- "$data" && pwd)

if ! "$cli" --connect --command=':read-attribute(name=server-state)' >/dev/null 2>&1; then
  JAVA_OPTS="-Xms128m -Xmx${SAGITTA_HEAP:-2g} -Djava.net.preferIPv4Stack=true \
    -Djboss.modules.system.pkgs=org.jboss.byteman -Djava.awt.headless=true \
    --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow \
    -Dsagitta.object-store.local.directory=$data/store -Dsagitta.wal.directory=$data/wal \
    -Dsagitta.query-node.cache-directory=$data/cache -Dsagitta.rest.port=$port"
  for setting in "$@"; do
    JAVA_OPTS="$JAVA_OPTS -D$setting"
  done
  export JAVA_OPTS
  mkdir -p "$wildfly/standalone/log"
  nohup "$wildfly/bin/standalone.sh" -c standalone-full.xml -b 127.0.0.1 -bmanagement 127.0.0.1 \
    "-Djboss.http.port=$port" >"$wildfly/standalone/log/console.log" 2>&1 </dev/null &
  tries=0
  until "$cli" --connect --command=':read-attribute(name=server-state)' 2>/dev/null | grep -q running; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || fail "WildFly did not start: see $wildfly/standalone/log"
    sleep 1
  done
fi

"$cli" --connect --file="$here/adapters.cli"
"$cli" --connect --command="deploy $ear --name=sagitta.ear --force"
echo "Sagitta is deployed: http://127.0.0.1:$port, management: http://127.0.0.1:9990"
