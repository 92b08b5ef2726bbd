#!/usr/bin/env bash
# Puts the outside judges into test/judges/.work: needs java, mvn, and python3 with venv. Says
# nothing when they are there.
set -euo pipefail
cd "$(dirname "$0")"
exec 9<setup.sh
flock 9  # one at a time

# The last step writes .work/ready: the pins that the folder was made from.
if [ -x .work/venv/bin/python ] && cat pom.xml requirements.txt | cmp -s - .work/ready; then
  exit 0
fi

rm -rf .work
mkdir -p .work/schemas
echo "installing the outside judges (veraPDF, OOXML schemas, openxml-audit)"
mvn -q -B -f pom.xml dependency:copy-dependencies >.work/mvn.log 2>&1 || {
  cat .work/mvn.log >&2
  exit 1
}
python3 -m venv .work/venv
.work/venv/bin/pip install -q --disable-pip-version-check --no-deps -r requirements.txt
.work/venv/bin/python - <<'PYTHON'
import pathlib, zipfile
with zipfile.ZipFile(".work/jars/poi-ooxml-full.jar") as jar:
    for name in jar.namelist():
        if name.startswith("org/apache/poi/schemas/ooxml/src/") and name.endswith(".xsd"):
            file = pathlib.PurePosixPath(name).name
            pathlib.Path(".work/schemas", file).write_bytes(jar.read(name))
PYTHON
# Both must start before they count as there.
java -Duser.home="$PWD/.work" -cp .work/jars/greenfield-apps.jar \
  org.verapdf.apps.GreenfieldCliWrapper --version >/dev/null
.work/venv/bin/python office_judge.py >/dev/null
cat pom.xml requirements.txt >.work/ready
