#!/bin/sh
# Deploys Sagitta's EAR on domain1 of a Payara Server 6.
#
#   deploy.sh PAYARA_HOME DATA_DIR [HTTP_PORT] [key=value]...
#
# Starts the domain if it is down, sets what Sagitta needs (the domain is restarted when JVM options
# changed) and deploys. Everything listens on 127.0.0.1 only. Needs JDK 25 in JAVA_HOME;
# SAGITTA_HEAP is the heap, 2g by default. Run it again to redeploy or to change settings.
set -eu

fail() { echo "deploy: $*" >&2; exit 1; }

[ $# -ge 2 ] || fail "usage: deploy.sh PAYARA_HOME DATA_DIR [HTTP_PORT] [key=value]..."
payara=$1
data=$2
port=${3:-19530}
[ $# -ge 3 ] && shift 3 || shift 2
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
embedding=$(CDPATH='' cd -- "$here/../.." && pwd)/ear/ear/target/embedding
ear=$(CDPATH='' cd -- "$here/../.." && pwd)/ear/ear/target/sagitta.ear
asadmin="$payara/bin/asadmin"
[ -f "$asadmin" ] || fail "no asadmin in $payara/bin"
[ -f "$ear" ] || fail "the EAR is not built: $ear"
[ -x "${JAVA_HOME:-}/bin/java" ] || fail "JAVA_HOME must name a JDK 25"
AS_JAVA=$JAVA_HOME
export AS_JAVA
mkdir -p "$data"
data=$(CDPATH='' cd -- "$data" && pwd)

asadmin() { sh "$asadmin" "$@"; }

# Before the first listener opens. Payara's own message broker and Hazelcast are not needed.
server=configs.config.server-config
listeners=$server.network-config.network-listeners.network-listener
http=$server.network-config.protocols.protocol.http-listener-1.http
preboot=$data/payara-preboot.txt
cat >"$preboot" <<COMMANDS
set $listeners.http-listener-1.port=$port
set $listeners.http-listener-1.address=127.0.0.1
set $listeners.http-listener-2.enabled=false
set $listeners.admin-listener.address=127.0.0.1
set $server.iiop-service.iiop-listener.orb-listener-1.address=127.0.0.1
set $server.iiop-service.iiop-listener.SSL.address=127.0.0.1
set $server.iiop-service.iiop-listener.SSL_MUTUALAUTH.address=127.0.0.1
set $server.admin-service.jmx-connector.system.address=127.0.0.1
set $server.jms-service.type=REMOTE
set $server.hazelcast-config-specific-configuration.enabled=false
set $http.max-connections=-1
set $http.timeout-seconds=300
set $http.max-post-size-bytes=-1
set $http.xpowered-by=false
set $http.server-header=false
COMMANDS
start() { asadmin start-domain --prebootcommandfile "$preboot" domain1; }

# An application that loads while the domain starts cannot be replaced safely, and one that runs must
# not see its settings change: take it away first.
if asadmin list-domains | grep -q '^domain1 running'; then
  asadmin undeploy sagitta >/dev/null 2>&1 || true
elif grep -q 'application-ref.*ref="sagitta"' "$payara/glassfish/domains/domain1/config/domain.xml"; then
  cp "$preboot" "$preboot.once"
  echo 'set servers.server.server.application-ref.sagitta.enabled=false' >>"$preboot.once"
  asadmin start-domain --prebootcommandfile "$preboot.once" domain1
  cp "$preboot" "$preboot.once"
  asadmin undeploy sagitta >/dev/null
else
  start
fi

wanted=$(
  printf '%s\n' "-Xmx${SAGITTA_HEAP:-2g}" --add-modules=jdk.incubator.vector \
    "-Dsagitta.object-store.local.directory=$data/store" "-Dsagitta.wal.directory=$data/wal" \
    "-Dsagitta.query-node.cache-directory=$data/cache" \
    "-Dsagitta.function.text-embedding.local.directory=$embedding" "-Dsagitta.rest.port=$port" \
    "-Dsagitta.cluster.bind=127.0.0.1:$((port + 1))" \
    "-Dsagitta.wal.acceptor=127.0.0.1:$((port + 2))"
  for setting in "$@"; do
    printf '%s\n' "-D$setting"
  done
)
present=$(asadmin list-jvm-options | grep -E '^(-Dsagitta\.|-Xmx|--add-modules=)' || true)

# One argument for asadmin: colons separate options, those inside are escaped.
joined() { printf '%s\n' "$1" | sed 's/:/\\:/g' | paste -s -d : -; }

if [ "$(printf '%s\n' "$wanted" | sort)" != "$(printf '%s\n' "$present" | sort)" ]; then
  [ -z "$present" ] || asadmin delete-jvm-options -- "$(joined "$present")" >/dev/null
  asadmin create-jvm-options -- "$(joined "$wanted")" >/dev/null
  asadmin stop-domain domain1
  start
fi

# What a failed deployment started (the log's broker) may still run: only a restart ends it.
asadmin deploy --name sagitta "$ear" || {
  asadmin stop-domain domain1
  fail "the deployment failed: see $payara/glassfish/domains/domain1/logs/server.log"
}
echo "Sagitta is deployed: http://127.0.0.1:$port, admin console: http://127.0.0.1:4848"
