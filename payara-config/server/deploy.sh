#!/bin/sh
# Deploys Sagitta's EAR on a Payara Server 6 domain.
#
#   deploy.sh PAYARA_HOME DATA_DIR [HTTP_PORT] [key=value]...
#
# Starts the domain if it is down, sets the JVM options Sagitta needs (once; the domain is restarted
# when they changed) and deploys. Needs JDK 25 in JAVA_HOME. Run again to redeploy.
set -eu

fail() { echo "deploy: $*" >&2; exit 1; }

[ $# -ge 2 ] || fail "usage: deploy.sh PAYARA_HOME DATA_DIR [HTTP_PORT] [key=value]..."
payara=$1
data=$2
port=${3:-19530}
[ $# -ge 3 ] && shift 3 || shift 2
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
ear="$here/../../ear/ear/target/sagitta.ear"
asadmin="$payara/bin/asadmin"
[ -x "$asadmin" ] || fail "no asadmin in $payara/bin"
[ -f "$ear" ] || fail "the EAR is not built: $ear"
[ -x "${JAVA_HOME:-}/bin/java" ] || fail "JAVA_HOME must name a JDK 25"
AS_JAVA=$JAVA_HOME
export AS_JAVA
mkdir -p "$data"
data=$(CDPATH='' cd -- "$data" && pwd)

"$asadmin" list-domains | grep -q '^domain1 running' || "$asadmin" start-domain domain1

changed=
option() {
  # asadmin wants colons escaped.
  escaped=$(printf '%s' "$1" | sed 's/:/\\:/g')
  "$asadmin" list-jvm-options | grep -qxF -- "$1" && return 0
  "$asadmin" create-jvm-options -- "$escaped" >/dev/null && changed=yes
}
option --add-modules=jdk.incubator.vector
option --sun-misc-unsafe-memory-access=allow
option "-Dsagitta.object-store.local.directory=$data/store"
option "-Dsagitta.wal.directory=$data/wal"
option "-Dsagitta.query-node.cache-directory=$data/cache"
option "-Dsagitta.rest.port=$port"
for setting in "$@"; do
  option "-D$setting"
done
"$asadmin" set "configs.config.server-config.network-config.network-listeners.network-listener.http-listener-1.port=$port" >/dev/null
"$asadmin" set configs.config.server-config.network-config.network-listeners.network-listener.http-listener-1.address=127.0.0.1 >/dev/null
"$asadmin" set configs.config.server-config.network-config.protocols.protocol.http-listener-1.http.max-connections=-1 >/dev/null
[ -z "$changed" ] || "$asadmin" restart-domain domain1

"$asadmin" deploy --force=true --name sagitta "$ear"
echo "Sagitta is deployed: http://127.0.0.1:$port, admin console: http://127.0.0.1:4848"
